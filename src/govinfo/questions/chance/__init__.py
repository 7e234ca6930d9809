"""How sure an answer can be: intervals, and the limits of chance."""
