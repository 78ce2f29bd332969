"""Localize real prose with ordinary gettext."""

__version__ = "0.1.0"
