"""A notebook that stops before its end stops the run: those that wait are not begun, and nobody waits for them."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest

from govinfo.build.config import Config, Run
from govinfo.build.notebooks import run as notebooks
from govinfo.build.notebooks.run import run_planned
from govinfo.errors import NotebookError


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_a_run_ends_when_a_notebook_stops_while_many_wait(monkeypatch, tmp_path, jobs):
    begun, after = [], Event()

    def one(_notebook: object, run: Run, *_: object) -> None:
        begun.append(run.name)
        if run.name == "stops":
            raise NotebookError("stopped")
        # longer than the one that stops
        after.wait(0.3)

    monkeypatch.setattr(notebooks, "_run", one)
    planned: list[Any] = [(None, Run("n", name)) for name in ("stops", *(f"page{at}" for at in range(20)))]
    made: list[str] = []
    errors: list[str] = []

    def go() -> None:
        try:
            for page in run_planned(planned, Config(tmp_path), tmp_path, jobs=jobs, progress=False):
                made.append(page)
        except NotebookError as error:
            errors.append(str(error))

    thread = Thread(target=go, daemon=True)
    thread.start()
    thread.join(60)

    assert not thread.is_alive()
    assert errors == ["stopped"]
    assert len(begun) < len(planned)
    assert sorted(made) == sorted(name for name in begun if name != "stops")
