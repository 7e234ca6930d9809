"""The sheets in the layout of the official form: a township each, their figures side by side, and their sums."""
