"""Plain text, markdown and lists with separators → Document."""
