"""The registers that people keep beside the reports."""
