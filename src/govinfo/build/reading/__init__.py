"""Reading one file, in a process of its own."""
