"""Which notebooks run, with which parameters, and running them."""
