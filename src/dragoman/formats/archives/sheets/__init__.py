"""Workbooks: strings of chosen cells."""
