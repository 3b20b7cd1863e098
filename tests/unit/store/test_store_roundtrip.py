"""What goes into the store comes out the same, and is found again."""
