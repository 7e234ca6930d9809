"""PDF → Document, from where each character and line is drawn."""
