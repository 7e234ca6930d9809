"""What results rest on: nothing that decides how a file is read is left out of its key."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from govinfo.build import keys

ROOT = Path(__file__).parent.parent / "src"


def imported(module: Path) -> set[Path]:
    """The modules of ours that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            path = ROOT.joinpath(*name.split("."))
            found |= {one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()}
    return found


def test_all_that_a_reading_process_imports_is_in_the_key_of_reading() -> None:
    """A change of what is left out would keep rows that are read otherwise now."""
    reached, waiting = set(), {ROOT / "govinfo" / "build" / "worker.py"}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        waiting |= imported(module) - reached
    names = {path.relative_to(ROOT / "govinfo").as_posix() for path in reached}
    outside = {name for name in names if not name.startswith(keys.READING) or name.startswith(keys.LATER)}

    assert outside <= {"__init__.py", "build/__init__.py"}
    assert len(names) > 60


def test_definitions_that_only_later_steps_use_are_the_only_ones_left_out() -> None:
    """Their data are read by the modules beside them of the same name; `words/` by `wording.py`."""
    for name in keys.LATER:
        path = ROOT / "govinfo" / name.rstrip("./")
        assert path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("name", ["parse/report.py", "definitions/forms/2021.yaml", "gazetteer/data/townships.csv"])
def test_the_key_of_reading_follows_its_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in (name, "charts/style.py", "definitions/words/codes.yaml"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / part).write_bytes((ROOT / "govinfo" / part).read_bytes())
    monkeypatch.setattr(keys, "_HOUSE", tmp_path)
    reading, code = keys.reading_key(), keys.code_key()
    for part in ("charts/style.py", "definitions/words/codes.yaml"):
        (tmp_path / part).write_bytes(b"")
    assert keys.reading_key() == reading
    assert keys.code_key() != code
    (tmp_path / name).write_bytes(b"")
    assert keys.reading_key() != reading
