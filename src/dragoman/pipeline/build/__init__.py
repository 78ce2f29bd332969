"""Everything made from a text: templates, translated texts, editions, sites."""
