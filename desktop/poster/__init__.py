"""A poster: the chosen copy set on a product picture, for the sizes that the platforms want.

``values`` says what is wished, ``words`` what to begin with, ``plan`` (pure: sizes and rectangles) where everything goes,
``colours`` which colours make it readable, ``picture`` reads the seller's file, ``drawing`` paints. All of it runs in jobs.
"""
