"""Former sentences and texts, and what their translations are good for now."""
