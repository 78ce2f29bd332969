"""Files that come back: one module per format, each turning a file into what it says of units."""
