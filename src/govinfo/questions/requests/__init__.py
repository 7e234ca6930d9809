"""Disclosure requests: how many, what became of them, and the disputes that followed."""
