"""Parts shared by several exports."""
