"""Pages that need nothing but themselves, and the page of contents."""
