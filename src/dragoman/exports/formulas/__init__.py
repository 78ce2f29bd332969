"""Formulas in TeX's notation, in the notation of each edition."""
