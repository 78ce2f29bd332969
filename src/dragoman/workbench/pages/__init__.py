"""The pages of the workbench: their frame, elements, screens and interface strings."""
