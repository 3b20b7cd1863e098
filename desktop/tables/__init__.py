"""Qt models over the engine's values; long lists fetch as they are scrolled."""
