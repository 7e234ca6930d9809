"""Charts of townships and counties held against each other."""
