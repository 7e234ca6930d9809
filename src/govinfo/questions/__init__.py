"""Questions put to the tables: each is `tables -> DataFrame`, columns never depend on the answer."""
