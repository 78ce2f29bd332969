"""DrawingML: texts of slides, of shapes in sheets, of diagrams and of charts."""
