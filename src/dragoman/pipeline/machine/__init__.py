"""Machine drafts: what may be sent, sending it, and using the answers."""
