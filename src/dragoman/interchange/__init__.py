"""What exports and imports for other tools share: inline codes, and rows of review files."""
