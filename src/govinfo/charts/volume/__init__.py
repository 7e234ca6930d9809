"""Charts and tables of how much was disclosed."""
