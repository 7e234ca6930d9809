"""Townships, counties and years held against each other."""
