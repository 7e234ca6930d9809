"""Cases of a test that the quick set leaves out: others of the same test stand for them there."""

from __future__ import annotations

from typing import Any

import pytest


def slow(*values: Any) -> Any:
    """The values of one case."""
    return pytest.param(*values, marks=pytest.mark.slow)
