"""Style sheets, a script and a Typst template."""
