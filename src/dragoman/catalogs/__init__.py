"""Catalogs: their messages, templates, updates, merges, and what changed between two of them."""
