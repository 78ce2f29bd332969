"""Machine drafts: what may be sent, what is sent, and what comes back."""
