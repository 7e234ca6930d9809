"""What the tests share: the forms, printed reports, and the published reports where they are there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govinfo.definitions.form import Form, forms

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def form() -> Callable[[str], Form]:
    """The form of that code."""
    by_code = {item.code: item for item in forms()}
    return by_code.__getitem__


def reports_folder() -> Path | None:
    """The folder of the five published reports, None where it is absent."""
    folder = Path(os.environ.get("GOVINFO_REPORTS", ROOT.parent / "shared" / "reports"))
    return folder if (folder / "expected.json").exists() else None


@pytest.fixture(scope="session")
def published() -> Path:
    folder = reports_folder()
    if folder is None:
        pytest.skip("the published reports are not here (set GOVINFO_REPORTS to their folder)")
    return folder


@pytest.fixture(scope="session")
def expected(published: Path) -> dict[str, Any]:
    """What the five published reports say, read by eye."""
    return json.loads((published / "expected.json").read_text(encoding="utf-8"))
