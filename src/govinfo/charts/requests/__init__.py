"""Charts and tables of disclosure requests and disputes."""
