"""Peak memory of one load, and how much of it is the tables, in MB: `python benchmarks/peak.py FOLDER`."""

from __future__ import annotations

import resource
import sys
from dataclasses import fields

from govinfo.build.loading.load import load

if __name__ == "__main__":
    tables = load(sys.argv[1])
    held = sum(int(getattr(tables, field.name).memory_usage(deep=True).sum()) for field in fields(tables))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, held / 1024**2)
