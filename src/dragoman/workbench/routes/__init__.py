"""The API routes of the workbench, and the pages that belong to them."""
