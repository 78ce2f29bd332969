"""Status and check: what is missing or wrong, and what the gates say."""
