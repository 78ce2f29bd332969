"""What we know of each language."""
