"""Pictures of pages → Document, by the recognition of characters (an extra)."""
