"""Catalogs: their messages, templates, updates and merges, and the differences between two of them."""
