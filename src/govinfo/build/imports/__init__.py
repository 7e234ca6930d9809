"""What officials write into a workbook comes back into the registers beside the reports."""
