"""What stands around the tables: who and when, sections, the statements of section 五; and what is no report."""
