"""Measurements of quality and speed; each module is a command that prints JSON."""
