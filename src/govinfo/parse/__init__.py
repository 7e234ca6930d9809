"""Document + form → Report: sections, labels, figures in their columns, identity, statements."""
