"""The reading page: its bar and settings, the outline of its headings, its scripts."""
