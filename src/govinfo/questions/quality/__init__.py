"""What was read, what does not add up, and what needs a hand."""
