"""The tables of a form: labels found and laid along the document, figures placed in their columns."""
