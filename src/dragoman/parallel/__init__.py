"""Parallel texts: rows of a document and its catalogs, and numbers of sentences that stay."""
