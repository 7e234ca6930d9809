"""The brief of one township."""
