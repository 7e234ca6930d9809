"""Charts and tables of what was read, published and found."""
