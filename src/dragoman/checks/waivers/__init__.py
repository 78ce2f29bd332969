"""Waivers: findings that somebody accepted, in an entry's comment or in a file."""
