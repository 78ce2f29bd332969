"""Source texts that are zip archives of XML: what their readers share."""
