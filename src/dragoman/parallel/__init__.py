"""Parallel texts: aligned rows of a document and its catalogs, and stable sentence numbers."""
