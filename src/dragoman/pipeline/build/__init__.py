"""Everything made of a text: templates, translated texts, editions, sites."""
