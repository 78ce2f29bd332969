"""Commands of translation memories: import, export, search, pretranslate, analyze."""
