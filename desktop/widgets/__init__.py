"""The design system: tokens and named components; views are made of these and hold no pixel numbers."""
