"""The made-up county: one seed gives one set of bytes, its arithmetic holds, and its files say what its truth says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

import docx
import openpyxl
import pandas as pd
import pdfplumber
import pytest
from click.testing import CliRunner
from demo_truth import damaged_lines, differences
from lxml import html

from govinfo.build.loading.load import load
from govinfo.checks import run_checks
from govinfo.cli import main
from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Form, forms
from govinfo.demo.corpus import Variant, formats, variants, write_corpus
from govinfo.demo.county import make_county
from govinfo.demo.dress import Truth
from govinfo.demo.figures import cells_of
from govinfo.demo.folder import MARKER
from govinfo.demo.history import township_years
from govinfo.demo.paper import Paper, write_paper
from govinfo.errors import DemoError
from govinfo.parse.report import parse_report
from govinfo.questions.publication.missing_reports import missing_reports
from govinfo.readers import read_document
from govinfo.tables import Tables, read_tables
from govinfo.text import squeeze

FORMS = {form.code: form for form in forms()}
YEARS = {"statistics": 2017, "2019": 2020, "2021": 2023}
VARIANTS = {f"{way.format} {way.layout}": way for way in variants()}


def make_paper(form: Form, way: Variant, seed: int) -> Paper:
    random = Random(seed)
    county = make_county(3, random)
    (year,) = township_years(county.townships[seed % 3], [(YEARS.get(form.code, 2024), form)], random)
    return write_paper(county, county.townships[seed % 3], year, random, blanks=way.blanks)


def corpus(folder: Path, *, years: tuple[int, int] = (2017, 2024), faults: bool = False, gaps: float = 0) -> Path:
    span = range(years[0], years[1] + 1)
    write_corpus(folder, townships=6, years=span, formats=formats(), seed=8, faults=faults, gaps=gaps)
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("clean") / "county")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("faulty") / "county", faults=True)


@pytest.fixture(scope="module")
def loaded(faulty: Path) -> Tables:
    return load(faulty / "raw")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    time.sleep(1.1)  # a clock's second in any of them would show
    first, second = files(clean), files(corpus(tmp_path / "again"))

    assert first == second


def test_another_seed_gives_other_reports(clean: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path / "other", townships=6, years=[2021], formats=["txt"], seed=8)

    assert not set(files(clean / "raw").values()) & set(files(tmp_path / "other" / "raw").values())


def test_every_layout_of_every_format_takes_its_turn(tmp_path: Path) -> None:
    write_corpus(tmp_path / "x", townships=8, years=range(2019, 2025), formats=formats(), seed=8)
    layouts = pd.read_csv(tmp_path / "x" / "truth" / "layouts.csv")

    assert set(layouts["format"] + " " + layouts["layout"]) == set(VARIANTS)
    assert {"2019", "2021"} <= set(layouts["form"].astype(str))


def test_the_truth_has_a_row_for_every_cell_and_breaks_no_rule_on_tables(clean: Path) -> None:
    truth = read_tables(clean / "truth")
    findings = run_checks(truth)
    cells = pd.concat([getattr(truth, name) for name in ("disclosure", "requests", "disputes", "statistics")])

    expected = truth.reports.set_index("report_id")["cells_expected"]
    assert cells.groupby("report_id").size().to_dict() == expected.to_dict()
    assert set(findings["rule"]) <= {"value.unit"}  # 2019's amounts without a unit, as the form prints them
    assert not findings["severity"].eq("error").any()


def test_what_a_year_carries_forward_the_next_carries_over() -> None:
    random = Random(3)
    (township,) = make_county(1, random).townships
    plan = [(year, FORMS["2019" if year < 2021 else "2021"]) for year in range(2019, 2026)]
    years = township_years(township, plan, random)
    for before, after in pairwise(years):
        last, this = before.figures["requests"], after.figures["requests"]
        assert {c: v for (line, c), v in last.items() if line == "carried_forward"} == {
            c: v for (line, c), v in this.items() if line == "carried_over"
        }
        if before.form is after.form and after.form.code == "2021":
            last, this = before.figures["disclosure"], after.figures["disclosure"]
            for item in ("regulations", "normative_documents"):
                grown = last[item, "in_force"] + this[item, "issued"] - this[item, "repealed"]
                assert this[item, "in_force"] == grown


def test_figures_are_not_all_zero(clean: Path) -> None:
    truth = read_tables(clean / "truth")
    for name, least in (("requests", 0.05), ("disputes", 0.03), ("disclosure", 0.4), ("statistics", 0.4)):
        values = getattr(truth, name)["value"].dropna()
        assert least < (values != 0).mean() < 0.95, name
        assert values.nunique() > 4


def test_spans_of_the_narrative_hold_what_they_name(clean: Path) -> None:
    truth = read_tables(clean / "truth")
    texts = truth.narrative.set_index(["report_id", "order"])["text"]
    for name, column in (("problems", "text"), ("mentions", "evidence")):
        frame = getattr(truth, name)
        assert len(frame) > 50
        for row in frame.itertuples():
            assert texts[row.report_id, row.order][row.start : row.end] == getattr(row, column)


def test_the_narrative_tells_the_same_requests_as_the_table(clean: Path) -> None:
    truth = read_tables(clean / "truth")
    told = truth.mentions[truth.mentions["measure"] == "requests_received"].set_index("report_id")["value"]
    table = truth.requests[(truth.requests["line"] == "new") & (truth.requests["applicant"] == "total")]
    figures = table.set_index("report_id")["value"]

    both = told.index.intersection(figures.dropna().index)
    assert len(both) > 10
    assert (told[both] == figures[both]).all()


def test_every_report_says_that_it_is_made_up(clean: Path) -> None:
    truth = read_tables(clean / "truth")
    preambles = truth.narrative[truth.narrative["role"] == "preamble"]

    assert preambles["text"].str.contains(made_up("note"), regex=False).all()
    assert len(preambles) == len(truth.reports)
    manifest = pd.read_csv(clean / "raw" / "manifest.csv")
    assert set(manifest["note"]) == {made_up("note")}
    assert set(manifest["file"]) == set(truth.reports["source"])


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("seed", [1, 5])
def test_every_cell_comes_back_from_every_layout_of_every_format(name: str, code: str, seed: int) -> None:
    form, way = FORMS[code], VARIANTS[name]
    paper = make_paper(form, way, seed)
    data = way.printer(paper, way.layout, Random(seed))

    report = parse_report(read_document(Path(f"report.{way.format}"), data=data), forms())

    assert report.form is form
    for table in form.tables:
        rows = iter(report.rows[table.name])
        for _, line, column in cells_of(table):
            row, truth = next(rows), paper.tables[table.name].truths[line.code, column.key]
            assert (row["value"], row["raw"]) == (expected_value(truth), truth.raw), (line.code, column.key, row)
            if truth.status != "read":
                assert row["status"] == truth.status
    assert_narrative_read(report.rows, paper)
    assert report.identity.title == squeeze("".join(paper.title))
    assert (report.identity.township, report.identity.year) == (paper.township.name, paper.year.year)


def expected_value(truth: Truth) -> float | int | None:
    """The value as the tables hold it."""
    return truth.value if truth.value is None or isinstance(truth.value, int) else float(truth.value)


def assert_narrative_read(rows: dict[str, list[dict[str, object]]], paper: Paper) -> None:
    assert [row["role"] for row in rows["narrative"] if row["role"] != "preamble"] == [
        section.role for section in paper.sections if section.role != "preamble"
    ]
    points = [(point.kind, squeeze(point.text)) for section in paper.sections for point in section.points]
    assert [(row["kind"], squeeze(str(row["text"]))) for row in rows["problems"]] == points


def test_no_number_is_wrong_where_lines_are_damaged_and_whole_lines_are_read(faulty: Path, loaded: Tables) -> None:
    truth, damaged = read_tables(faulty / "truth"), damaged_lines(faulty / "truth")

    found = list(differences(truth, loaded, damaged))

    assert len(damaged) > 3
    assert set(truth.reports["source"]) == set(loaded.reports["source"])
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("faults", [False, True])
def test_three_hundred_reports_in_all_formats_and_layouts_come_back_as_they_are(faults: bool, tmp_path: Path) -> None:
    out = tmp_path / "county"
    write_corpus(out, townships=50, years=range(2017, 2023), formats=formats(), seed=2, faults=faults)
    truth, loaded = read_tables(out / "truth"), load(out / "raw")
    layouts = pd.read_csv(out / "truth" / "layouts.csv")

    # some of them stand in two files, where faults are put
    assert truth.reports["counted"].sum() == 300
    assert set(layouts["format"] + " " + layouts["layout"]) == set(VARIANTS)
    assert set(loaded.reports["source"]) == set(truth.reports["source"])
    assert loaded.rejects.empty
    assert list(differences(truth, loaded, damaged_lines(out / "truth") if faults else set())) == []


def test_each_fault_on_tables_is_found_and_nothing_else(faulty: Path, loaded: Tables) -> None:
    """Rules that are not there yet are left out."""
    faults = pd.read_csv(faulty / "truth" / "faults.csv", dtype="string")
    ids = loaded.reports.set_index("source")["report_id"]
    assert set(faults["source"]) <= set(ids.index)
    faults = faults.assign(report_id=faults["source"].map(ids))
    sums = {equation.rule for form in forms() for table in form.tables for equation in table.equations}
    rules = sums | {"value.negative", "value.fraction", "value.unreadable", "table.shape"}
    if loaded.findings["rule"].str.startswith("years.").any():
        rules |= {"years.carry_over", "years.in_force"}
    keys = ["report_id", "rule", "table", "line", "column"]

    put = faults[faults["rule"].isin(rules)][keys].fillna("")
    seen = loaded.findings[loaded.findings["rule"].isin(rules)][keys].fillna("")

    assert len(put) > 8
    assert set(map(tuple, put.to_numpy())) == set(map(tuple, seen.to_numpy()))


@pytest.mark.slow
def test_reports_that_are_left_out_are_those_without_a_fault_and_all_others_stay_as_they_are(
    faulty: Path, loaded: Tables, tmp_path: Path
) -> None:
    """Nothing is found because they are gone, and they are found missing."""
    with_gaps = corpus(tmp_path / "county", faults=True, gaps=0.2)
    whole, kept = files(faulty), files(with_gaps)
    gone = {name for name in whole if name.startswith("raw/")} - set(kept)
    names = [name for name in kept if name.startswith("raw/") and not name.endswith(".csv")]
    tables = load(with_gaps / "raw")
    lost = loaded.reports[loaded.reports["source"].isin({name.removeprefix("raw/") for name in gone})]

    assert len(gone) > 4
    assert not set(loaded.findings["report_id"]) & set(lost["report_id"])
    assert {name: kept[name] for name in names} == {name: whole[name] for name in names}
    assert kept["truth/faults.csv"] == whole["truth/faults.csv"]
    assert set(tables.findings["finding_id"]) == set(loaded.findings["finding_id"])
    judged = lost[lost["year"].between(2018, 2023)]
    assert lacking(tables) - lacking(loaded) == set(zip(judged["township"], judged["year"], strict=True))


def lacking(tables: Tables) -> set[tuple[str, int]]:
    """The townships and years of which no report is seen."""
    found = missing_reports(tables, county=tables.reports["county"].iloc[0], years=range(2018, 2024))
    return set(zip(found["township"], found["year"], strict=True))


def test_no_two_faults_stand_on_related_lines(faulty: Path) -> None:
    faults = pd.read_csv(faulty / "truth" / "faults.csv", dtype="string")
    own = faults[faults["kind"] != "years"]

    assert (own.groupby(["source", "table"])["kind"].nunique() == 1).all()


def figures_of(paper: Paper) -> Iterator[list[str]]:
    """The printed figures of each line, as printed."""
    for dressed in paper.tables.values():
        for block in dressed.table.blocks:
            for line in block.lines:
                yield [dressed.texts[line.code, column.key] for column in block.columns]


def contains(row: list[str], figures: list[str]) -> bool:
    return any(row[i : i + len(figures)] == figures for i in range(len(row) - len(figures) + 1))


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", ["merged", "bold", "nested"])
def test_another_library_reads_the_word_file(code: str, layout: str) -> None:
    paper = make_paper(FORMS[code], VARIANTS[f"docx {layout}"], 4)
    document = docx.Document(BytesIO(VARIANTS[f"docx {layout}"].printer(paper, layout, Random(1))))
    tables = [t.rows[0].cells[0].tables[0] if layout == "nested" else t for t in document.tables]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]

    assert all(any(contains(row, figures) for row in rows) for figures in figures_of(paper))
    assert squeeze("".join(paper.title)) in squeeze("".join(p.text for p in document.paragraphs))


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", ["one sheet", "sheets", "text"])
def test_another_library_reads_the_excel_file(code: str, layout: str) -> None:
    paper = make_paper(FORMS[code], VARIANTS[f"xlsx {layout}"], 4)
    book = openpyxl.load_workbook(BytesIO(VARIANTS[f"xlsx {layout}"].printer(paper, layout, Random(1))))
    values = [[cell.value for cell in row] for page in book.worksheets for row in page.iter_rows()]
    rows = [["" if value is None else str(value) for value in row] for row in values]

    assert all(any(contains(row, figures) for row in rows) for figures in figures_of(paper))
    assert layout != "text" or not any(isinstance(value, int | float) for row in values for value in row)
    assert (len(book.worksheets) > 1) == (layout == "sheets")


@pytest.mark.parametrize("code", FORMS)
def test_another_library_reads_the_pdf(code: str) -> None:
    paper = make_paper(FORMS[code], VARIANTS["pdf ruled"], 4)
    with pdfplumber.open(BytesIO(VARIANTS["pdf ruled"].printer(paper, "ruled", Random(1)))) as file:
        tables = [table for page in file.pages for table in page.extract_tables()]
        rows = [[(cell or "").strip() for cell in row] for table in tables for row in table]
        pages = len(file.pages)

    assert pages > 1
    assert all(any(contains(row, figures) for row in rows) for figures in figures_of(paper))


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", ["clean", "word", "portal", "nested", "dropped"])
def test_another_library_reads_the_page(code: str, layout: str) -> None:
    way = VARIANTS[f"html {layout}"]
    paper = make_paper(FORMS[code], way, 4)
    found = [way.printer(paper, layout, Random(seed)) for seed in range(6)]
    assert len(set(found)) > 1  # the same page in several character sets
    data = next(data for data in found if b"charset=utf-8" in data and made_up("note").encode() in data)
    page = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    rows = [["".join(td.itertext()).strip("\xa0 \n") for td in tr.findall("td")] for tr in page.iter("tr")]

    assert all(any(contains(row, figures) for row in rows) for figures in figures_of(paper))


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")

    with pytest.raises(DemoError, match="did not write"):
        write_corpus(tmp_path, townships=1, years=[2021], formats=["txt"], seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_second_run_replaces_its_own_files_only(tmp_path: Path) -> None:
    out = tmp_path / "county"
    write_corpus(out, townships=2, years=[2021, 2022], formats=["txt"], seed=1, faults=True)
    (out / "raw" / "mine.txt").write_text("keep")
    (out / MARKER).write_text((out / MARKER).read_text() + "../outside.txt\n/etc/hostname\n")
    (tmp_path / "outside.txt").write_text("keep")

    write_corpus(out, townships=1, years=[2021], formats=["md"], seed=1)

    left = {path for path in files(out) if path != MARKER}
    assert {path for path in left if path.startswith("raw")} >= {"raw/mine.txt", "raw/manifest.csv"}
    assert sum(path.endswith(".md") for path in left) == 1
    assert not any(path.endswith("faults.csv") for path in left)
    assert (tmp_path / "outside.txt").exists()
    assert Path("/etc/hostname").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--townships", "0"], "townships"),
        (["--townships", "-3"], "townships"),
        (["--townships", "99999"], "townships"),
        (["--years", "2024-2019"], "years"),
        (["--years", "soon"], "years"),
        (["--years", "1999"], "years"),
        (["--formats", "txt,odt"], "odt"),
        (["--formats", ""], "formats"),
    ],
)
def test_an_impossible_county_is_refused_before_anything_is_written(
    options: list[str], words: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(main, ["demo", str(tmp_path / "x"), *options])

    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "x").exists()


def test_the_command_writes_a_county_that_loads(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["demo", str(tmp_path / "x"), "--townships", "2", "--formats", "TXT, md"])
    tables = load(tmp_path / "x" / "raw")

    assert result.exit_code == 0
    assert str(len(tables.reports)) in result.output
    assert len(tables.reports) == 12
    assert tables.rejects.empty
    assert set(tables.reports["county"]) == {made_up("places")["county"]}


def test_names_are_made_up_and_each_is_used_once() -> None:
    county = make_county(1280, Random(1))
    stems = [township.name for township in county.townships]

    assert len({name.rstrip() for name in stems}) == len(stems)
    assert all(name[0] in made_up("places")["marks"] for name in stems)
