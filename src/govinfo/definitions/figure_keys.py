"""Which columns of the tables of figures say where on its form a figure belongs."""

from __future__ import annotations

from collections.abc import Mapping

# table → the columns that name the line and the column of the form
FIGURE_KEYS: Mapping[str, tuple[str, str]] = {
    "disclosure": ("item", "measure"),
    "requests": ("line", "applicant"),
    "disputes": ("channel", "result"),
    "statistics": ("line", "unit"),
}

# How the `status_detail` of a figure begins that the register of corrections has changed.
CORRECTED = "corrected by the register"

# So many places the table `identity` lists at most for a report that may be of several.
MOST_CANDIDATES = 40

# The table whose figures are told apart by line alone: its second key is the unit, no column of the form.
LISTED = "statistics"
