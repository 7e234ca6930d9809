"""The house keeps its shape: imports point one way, official words stay in data, files stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "govinfo"
LEVELS = [
    {"errors", "place", "sheet_text", "text"},
    {"definitions", "readers", "gazetteer"},
    {"parse", "rich"},
    {"tables"},
    {"checks", "themes", "questions"},
    {"charts", "workbook"},
    {"demo"},
    {"build"},
    {"cli", "__init__"},
]
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
HAN = re.compile(r"[\u4e00-\u9fff]")
MODULES = sorted(SOURCE.rglob("*.py"))


def part_of(path: Path) -> str:
    """The part of the house that a module belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Each part of govinfo that a module imports, and whether it does so inside a function."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" if node.module == "govinfo" else node.module for alias in node.names]
        for name in names:
            if name.startswith("govinfo."):
                yield name.split(".")[1], id(node) in inside


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    own = part_of(path)
    for part, inside in imports(ast.parse(path.read_text(encoding="utf-8"))):
        assert LEVEL[part] <= LEVEL[own], f"{own} imports {part}, which stands above it"
        if LEVEL[part] == LEVEL[own] and part != own:
            assert own == "text" or LEVEL[own] in (0, 1, 2, 4, 5), f"{own} and {part} stand side by side"
        assert not inside or own == "cli", f"{part} is imported inside a function"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_chinese_is_typed_outside_the_definitions(path: Path) -> None:
    if part_of(path) in ("definitions", "text"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    typed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]
    words = [text for text in typed if HAN.search(text) and part_of(path) != "cli"]
    assert words == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is too long"


def test_notebooks_read_the_tables_only_through_questions() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"govinfo\.(readers|parse)", text), path.name
        assert '"outputs": []' in text and '"execution_count": null' in text
