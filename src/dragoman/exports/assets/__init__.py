"""What editions are dressed in: style sheets, a script, a typst template."""
