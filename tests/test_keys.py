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


def reached(*modules: str) -> set[str]:
    """All modules of ours that these import, and what those import, and so on."""
    found: set[Path] = set()
    waiting = {ROOT / "govinfo" / name for name in modules}
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= imported(module) - found
    return {path.relative_to(ROOT / "govinfo").as_posix() for path in found}


def all_of(*folders: str) -> list[str]:
    """The modules of these parts of the house."""
    paths = (path for folder in folders for path in (ROOT / "govinfo" / folder).rglob("*.py"))
    return [path.relative_to(ROOT / "govinfo").as_posix() for path in paths]


def test_all_that_a_reading_process_imports_is_in_the_key_of_reading() -> None:
    """A change of what is left out would keep rows that are read otherwise now."""
    names = reached("build/reading/worker.py")
    outside = {name for name in names if not name.startswith(keys.READING) or name.startswith(keys.LATER)}

    assert outside <= {"__init__.py", "build/__init__.py"}
    assert len(names) > 60


@pytest.mark.parametrize(
    ("part", "roots"),
    [
        ("tables", ["build/loading/load.py", "build/reading/worker.py"]),
        (
            "pages",
            [
                "build/notebooks/run.py",
                "build/pages/page.py",
                "build/pages/contents.py",
                *all_of("questions", "charts"),
            ],
        ),
        ("workbook", all_of("workbook")),
    ],
)
def test_all_code_that_a_result_reaches_is_in_its_key(part: str, roots: list[str]) -> None:
    """A change of what is left out would leave a result as older code made it."""
    outside = {name for name in reached(*roots) if not keys.belongs(name, part)}

    if part != "pages":
        outside = {name for name in outside if not name.startswith(f"{keys.LOOKS}/")}
    # the keys themselves decide what is made again, not what it says
    assert outside <= {"__init__.py", "build/__init__.py", "build/keys.py"}


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        ("workbook/sheets.py", {"workbook"}),
        ("cli/results.py", set()),
        ("charts/bars.py", {"pages"}),
        ("build/pages/templates/page/page.css", {"pages"}),
        ("build/loading/load.py", {"tables"}),
        ("readers/web/page.py", {"tables"}),
        ("questions/coverage.py", {"pages", "workbook"}),
        ("themes/deciding.py", {"tables", "pages", "workbook"}),
        ("definitions/demo.yaml", set()),
        ("demo/corpus.py", set()),
    ],
)
def test_a_change_of_code_makes_again_only_what_rests_on_it(changed: str, parts: set[str]) -> None:
    assert (ROOT / "govinfo" / changed).is_file()
    assert {part for part in keys.PARTS if keys.belongs(changed, part)} == parts


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("from govinfo.charts import show", "pages"),
        ("import pandas as pd", "pages"),
        ("from govinfo.questions.study import open_study\nfrom govinfo.tables import Tables", "pages"),
        ("import govinfo", "all"),
        ("from govinfo import theme_shares", "all"),
        ("from govinfo.workbook import write_workbook", "all"),
        ("from govinfo.charts import show\nimport govinfo.readers.kinds", "all"),
    ],
)
def test_a_notebook_that_reaches_further_rests_on_all_code(cell: str, part: str) -> None:
    assert keys.notebook_part(cell) == part


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
    reading, code = keys.reading_key(), keys.code_keys()
    for part in ("charts/style.py", "definitions/words/codes.yaml"):
        (tmp_path / part).write_bytes(b"")
    assert keys.reading_key() == reading
    changed = keys.code_keys()
    assert {part for part in code if changed[part] != code[part]} == {"all", "tables", "pages", "workbook"}
    (tmp_path / name).write_bytes(b"")
    assert keys.reading_key() != reading
