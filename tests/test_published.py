"""Five published reports, one layout each, give exactly what was read from them by eye."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govinfo.build.loading.load import load
from govinfo.definitions.rules import rules
from govinfo.tables import FIGURE_KEYS, SCHEMA, Tables


@pytest.fixture(scope="module")
def loaded(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("raw")
    for path in published.glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    return load(folder)


@pytest.fixture(params=range(5))
def case(request: pytest.FixtureRequest, loaded: Tables, expected: dict[str, Any]) -> tuple[pd.Series, dict[str, Any]]:
    """The row of one report, and what the eye read."""
    name = sorted(expected)[request.param]
    return loaded.reports.set_index("source", drop=False).loc[name], expected[name]


def of(frame: pd.DataFrame, report: pd.Series) -> pd.DataFrame:
    return frame[frame["report_id"] == report["report_id"]]


def or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def test_who_reports_on_what_year_is_what_the_eye_sees(case: tuple[pd.Series, dict[str, Any]]) -> None:
    report, eye = case
    for key in ("township", "county", "city", "province", "year", "form", "level", "title"):
        assert or_none(report[key]) == eye[key], key
    assert (None if pd.isna(report["published_on"]) else str(report["published_on"].date())) == eye["published_on"]
    assert report["status"] == "complete"


def test_every_figure_is_what_the_eye_sees(case: tuple[pd.Series, dict[str, Any]], loaded: Tables) -> None:
    report, eye = case
    sizes = {"2021": (10, 175, 15), "2019": (22, 161, 15)}[report["form"]]
    for (table, keys), size in zip(list(FIGURE_KEYS.items())[:3], sizes, strict=True):
        cells = of(getattr(loaded, table), report)
        assert len(cells) == size
        for _, cell in cells.iterrows():
            name = ".".join(str(cell[key]) for key in keys)
            assert cell["value"] == pytest.approx(eye[table].get(name, eye[table]["*"])), (table, name)


def test_only_the_lines_that_did_not_fit_are_repaired(case: tuple[pd.Series, dict[str, Any]], loaded: Tables) -> None:
    report, eye = case
    cells = of(loaded.requests, report)
    repaired = cells[cells["status"] == "repaired"]
    assert list(dict.fromkeys(repaired["line"])) == eye.get("repaired_lines", [])
    assert len(repaired) == 7 * len(eye.get("repaired_lines", []))
    others = pd.concat([cells[cells["status"] != "repaired"]["status"], of(loaded.disclosure, report)["status"]])
    assert set(others) <= {"read", "aligned"}


def test_each_figure_stands_on_the_line_that_its_locator_names(
    case: tuple[pd.Series, dict[str, Any]], loaded: Tables, published: Path
) -> None:
    report, _ = case
    lines = (published / report["source"]).read_text(encoding="utf-8").split("\n")
    for table in list(FIGURE_KEYS)[:3]:
        for _, cell in of(getattr(loaded, table), report).iterrows():
            file, _, number = cell["locator"].rpartition(":")
            assert file == report["source"]
            if pd.notna(cell["raw"]):
                assert cell["raw"] in lines[int(number) - 1]


def test_findings_are_those_of_a_careful_reader(case: tuple[pd.Series, dict[str, Any]], loaded: Tables) -> None:
    """Of the rules that there are so far; what is only said (`info`) may be more."""
    report, eye = case
    findings = of(loaded.findings, report)
    counts = Counter(findings["rule"])
    known = {rule for rule in eye["findings"] if rule in rules()}
    assert known <= set(counts)
    assert set(findings[findings["severity"] != "info"]["rule"]) <= known
    for rule, count in eye.get("findings_n", {}).items():
        assert counts[rule] == count


def test_six_sections_in_order(case: tuple[pd.Series, dict[str, Any]], loaded: Tables) -> None:
    report, _ = case
    sections = of(loaded.narrative, report)
    assert list(sections["role"]) == ["overview", "disclosure", "requests", "disputes", "problems", "other"]
    assert list(sections["section"]) == [1, 2, 3, 4, 5, 6]
    # tables are no narrative
    assert list(sections["text"].iloc[1:4]) == ["", "", ""]


def test_section_five_is_cut_into_its_statements(case: tuple[pd.Series, dict[str, Any]], loaded: Tables) -> None:
    report, _ = case
    counts = {"柳屯镇": (3, 3), "元马镇": (3, 4), "高唐镇": (3, 3), "百泉镇": (2, 2), "吕店镇": (2, 2)}
    problems = of(loaded.problems, report)
    found = tuple(int((problems["kind"] == kind).sum()) for kind in ("problem", "measure"))
    assert found == counts[report["township"]]
    texts = of(loaded.narrative, report).set_index("order")["text"]
    for _, statement in problems.iterrows():
        assert texts[statement["order"]][statement["start"] : statement["end"]].replace("\n", "") == statement["text"]


def test_the_projects_abridged_copies_say_the_same(loaded: Tables) -> None:
    """The tables of data/raw are those of the published reports, cell by cell."""
    raw = Path(__file__).parent.parent / "data" / "raw"
    abridged = load(raw)
    for table, keys in list(FIGURE_KEYS.items())[:3]:
        frames = []
        for tables in (loaded, abridged):
            cells = getattr(tables, table).merge(tables.reports[["report_id", "township"]], on="report_id")
            columns = ["township", *keys, "value", "raw", "status", "printed"]
            frames.append(cells.sort_values(["township", *keys])[columns])
        pd.testing.assert_frame_equal(frames[0].reset_index(drop=True), frames[1].reset_index(drop=True))


def test_all_tables_of_the_contract_are_there(loaded: Tables) -> None:
    for name, schema in SCHEMA.items():
        assert {column: str(dtype) for column, dtype in getattr(loaded, name).dtypes.items()} == dict(schema)
