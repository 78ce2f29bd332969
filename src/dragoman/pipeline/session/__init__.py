"""What stays open while somebody works on a project: parsed files, checks of single units, saving."""
