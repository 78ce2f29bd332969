"""Commands that change or read catalogs: update, edit, import, history."""
