"""The whole product without a window: from a brief to lawful, ranked, stored copy.

The public face is ``engine.api.Engine``; everything else is reached through it. Importing this package only defines.
"""

__version__ = "0.1.0"
