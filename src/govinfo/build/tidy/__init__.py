"""The tidy tables for researchers: CSV, Stata or parquet, with a data package and a dictionary."""
