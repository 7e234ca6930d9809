"""All that the forms, the law and the taxonomy say, as data; loaded and validated here."""
