"""What files for other tools and reviewers share: inline codes, and rows that come back."""
