"""The terminal: the reference adapter."""
