"""Which reports there are, which are missing, and when they were published."""
