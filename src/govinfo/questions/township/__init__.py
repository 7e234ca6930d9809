"""One township over the years, beside the others of its county."""
