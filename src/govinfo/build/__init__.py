"""What is made from the tables: notebooks, pages, the workbook, and the run that makes them all."""
