"""From a folder of files to the tables."""
