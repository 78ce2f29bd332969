"""Aligning two texts, and adopting existing translations."""
