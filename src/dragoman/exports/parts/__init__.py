"""What several exports share."""
