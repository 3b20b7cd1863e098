"""The window: the only place that knows Qt.

``app`` composes > ``main_window`` is the shell > ``presenters`` and ``views`` (unaware of each other, the window joins
them) > ``dialogs``, ``tables``, ``widgets`` > ``jobs`` (the only maker of threads) > ``errors`` and ``words``.
"""
