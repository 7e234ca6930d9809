"""What commands tell, as text, lists and JSON."""
