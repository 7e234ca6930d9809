"""Section 五: what reports name as problems, promise, and repeat."""
