"""A site: its index and its map."""
