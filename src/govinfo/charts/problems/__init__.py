"""Charts and tables of what section 五 says."""
