"""Faults put into made-up reports, and the truth about them."""

from govinfo.demo.faults.fault import Earlier, Fault
from govinfo.demo.faults.kinds import KINDS, Kind
from govinfo.demo.faults.putting import put_faults, put_kinds

__all__ = ["KINDS", "Earlier", "Fault", "Kind", "put_faults", "put_kinds"]
