"""Reusing the translations of removed sentences and texts."""
