"""Excel workbooks → Document."""
