"""The tidy tables as files for researchers: read back they are the same tables, described whole, and written whole."""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from filled_reports import filled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo.build.loading.load import load
from govinfo.build.tidy.csv_files import csv_bytes, guarded, plain_text
from govinfo.build.tidy.frames import EXPORTED, tidy_frames
from govinfo.build.tidy.stata_files import stata_bytes, stata_name
from govinfo.build.tidy.write import FORMATS, export_tables
from govinfo.cli import main
from govinfo.definitions.dictionary import dictionary
from govinfo.demo.corpus import write_corpus
from govinfo.errors import TablesError
from govinfo.sheet_text import FORMULA_SIGNS
from govinfo.tables import FIGURE_KEYS, SCHEMA, Tables, read_tables, typed, write_tables

SUFFIX = {"csv": "csv", "stata": "dta", "parquet": "parquet"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of a made-up county whose reports have faults."""
    folder = tmp_path_factory.mktemp("county")
    write_corpus(folder, townships=3, years=(2017, 2020, 2022), formats=("txt", "html"), seed=5, faults=True)
    (folder / "raw" / "空.txt").write_bytes(b"")
    return load(folder / "raw")


def package_of(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return package


# reading back, with pandas alone


def from_csv(data: bytes, name: str) -> pd.DataFrame:
    schema = EXPORTED[name]
    frame = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype="string", keep_default_na=False, na_values=[""])
    found: dict[str, Any] = {}
    for column, dtype in schema.items():
        text = frame[column]
        if dtype == "string":
            found[column] = text.map(plain_text, na_action="ignore").astype("string")
        elif dtype == "boolean":
            found[column] = text.map({"true": True, "false": False}).astype("boolean")
        elif dtype.startswith("datetime"):
            found[column] = pd.to_datetime(text, format="%Y-%m-%d").astype("datetime64[ns]")
        elif dtype == "Float64":
            found[column] = text.map(float, na_action="ignore").astype("Float64")
        else:
            found[column] = text.map(int, na_action="ignore").astype(pd.api.types.pandas_dtype(dtype))
    return pd.DataFrame(found)


def from_stata(data: bytes, name: str) -> pd.DataFrame:
    frame = pd.read_stata(io.BytesIO(data))
    found: dict[str, Any] = {}
    for column, dtype in EXPORTED[name].items():
        own: Any = frame[stata_name(column)]
        if dtype == "string":
            found[column] = own.astype("string").replace("", pd.NA)
        elif dtype.startswith("datetime"):
            found[column] = pd.to_datetime(own).astype("datetime64[ns]")
        else:
            found[column] = own.astype(pd.api.types.pandas_dtype(dtype))
    return pd.DataFrame(found)


def without_empty(frame: pd.DataFrame) -> pd.DataFrame:
    """An empty text and none are one in CSV and Stata."""
    texts = {name: frame[name].replace("", pd.NA) for name in frame.columns if frame[name].dtype == "string"}
    return frame.assign(**texts).reset_index(drop=True)


READ = {"csv": from_csv, "stata": from_stata}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_exported_is_read_back_as_the_same_tables(kind: str, county: Tables, tmp_path: Path) -> None:
    export_tables(county, tmp_path, kind)

    for name, frame in tidy_frames(county).items():
        data = (tmp_path / f"{name}.{SUFFIX[kind]}").read_bytes()
        if kind == "parquet":
            back = pd.read_parquet(io.BytesIO(data)).astype({c: frame[c].dtype for c in frame.columns})
            pd.testing.assert_frame_equal(back, frame.reset_index(drop=True))
        else:
            pd.testing.assert_frame_equal(READ[kind](data, name), without_empty(frame))


# a zero byte ends a text in Stata and in the parser of pandas; readers give none
texts = st.text(
    st.one_of(st.sampled_from("=+-@'\",;\t\r\n \u2028镇0.5"), st.characters(codec="utf-8", exclude_characters="\0")),
    max_size=30,
)
long_texts = st.builds(lambda text, n: text * n, texts.filter(bool), st.integers(100, 1500))
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "string": st.one_of(st.none(), texts, long_texts),
    "boolean": st.sampled_from([True, False, None]),
    "Int8": st.one_of(st.none(), st.integers(-127, 127)),
    "Int16": st.one_of(st.none(), st.integers(-32768, 32767)),
    "Int32": st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)),
    "Int64": st.one_of(st.none(), st.just(0), st.integers(-(2**53) + 1, 2**53 - 1)),
    "Float64": st.one_of(st.none(), st.just(0.0), st.floats(-1e15, 1e15, allow_nan=False)),
    "datetime64[ns]": st.one_of(
        st.none(), st.dates(pd.Timestamp("1900-01-01").date(), pd.Timestamp("2199-12-31").date())
    ),
}


@st.composite
def rows(draw: st.DrawFn, name: str) -> pd.DataFrame:
    row = st.fixed_dictionaries({column: VALUES[dtype] for column, dtype in SCHEMA[name].items()})
    return typed(name, draw(st.lists(row, max_size=4)))


@pytest.mark.parametrize("name", ["reports", "requests", "mentions"])
@pytest.mark.parametrize("kind", ["csv", "stata"])
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_a_table_comes_back(name: str, kind: str, data: st.DataObject) -> None:
    frame = data.draw(rows(name))
    content = csv_bytes(frame) if kind == "csv" else stata_bytes(frame, dictionary().tables[name])

    back = READ[kind](content, name)

    pd.testing.assert_frame_equal(back, without_empty(frame))


@given(text=texts)
def test_no_text_of_a_csv_is_a_formula_and_none_is_lost(text: str) -> None:
    shown = guarded(text)

    assert plain_text(shown) == text
    if shown.startswith(FORMULA_SIGNS):
        float(shown)


def test_nothing_that_is_0_becomes_null_and_nothing_null_0(tmp_path: Path) -> None:
    new, other = ("requests", "new", "total"), ("requests", "new", "business")
    tables = filled(cells={new: {"value": 0, "raw": "0"}, other: {"value": None, "raw": None, "status": "blank"}})
    for kind in ("csv", "stata"):
        export_tables(tables, tmp_path / kind, kind)
        frame = READ[kind]((tmp_path / kind / f"requests.{SUFFIX[kind]}").read_bytes(), "requests")
        row = frame[frame["line"] == "new"].set_index("applicant")["value"]
        assert row["total"] == 0 and row.isna()["business"]


def test_the_dictionary_says_what_every_table_and_column_is() -> None:
    said = dictionary().tables
    assert {name: [column.name for column in entry.columns] for name, entry in said.items()} == {
        name: list(schema) for name, schema in EXPORTED.items()
    }
    for entry in said.values():
        for column in entry.columns:
            assert len(column.label) <= 80 and len(stata_name(column.name)) <= 32


def test_no_variable_is_renamed_by_the_writer_of_stata_files() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, frame in tidy_frames(Tables()).items():
            stata_bytes(frame, dictionary().tables[name])


def test_variables_and_files_are_labelled_in_stata(county: Tables) -> None:
    reader = pd.io.stata.StataReader(io.BytesIO(stata_bytes(county.requests, dictionary().tables["requests"])))

    labels = reader.variable_labels()
    assert set(labels) == set(SCHEMA["requests"]) and all(labels.values())
    assert "申请人" in labels["applicant"] and reader.data_label.startswith("Table 3")


def test_keys_links_and_codes_of_the_dictionary_hold(county: Tables) -> None:
    frames = tidy_frames(county)
    for name, entry in dictionary().tables.items():
        frame = frames[name]
        if entry.key:
            assert not frame.duplicated(list(entry.key)).any() and frame[list(entry.key)].notna().all(axis=None), name
        for link in entry.links:
            mine = frame[list(link.columns)].dropna().drop_duplicates()
            other = frames[link.table][list(link.columns)].drop_duplicates()
            assert len(mine.merge(other)) == len(mine), (name, link)
        for column in entry.columns:
            if column.values:
                assert set(frame[column.name].dropna()) <= set(column.values), (name, column.name)
    codes = frames["codes"]
    for table, columns in FIGURE_KEYS.items():
        for own in columns:
            known = codes[(codes["table"] == table) & (codes["column"] == own)]["code"]
            if table != "statistics" or own == "line":
                assert set(frames[table][own]) <= set(known), (table, own)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_package_names_every_file_with_its_bytes_and_every_field(kind: str, county: Tables, tmp_path: Path) -> None:
    files = export_tables(county, tmp_path, kind, "数字均为虚构")

    package = package_of(tmp_path)
    assert {path.name for path in files} == {path.name for path in tmp_path.iterdir()}
    assert {one["path"] for one in package["resources"]} | {"datapackage.json"} == {path.name for path in files}
    for one in package["resources"]:
        data = (tmp_path / one["path"]).read_bytes()
        assert one["bytes"] == len(data) and one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    for one in package["resources"][:-1]:
        fields = [field["name"] for field in one["schema"]["fields"]]
        expected = list(EXPORTED[one["name"]])
        assert fields == ([stata_name(name) for name in expected] if kind == "stata" else expected)
        assert all(field["description"] and field["title"] for field in one["schema"]["fields"])
    assert "数字均为虚构" in package["description"]
    page = (tmp_path / "dictionary.md").read_text(encoding="utf-8")
    assert "数字均为虚构" in page and all(f"## {name}.{SUFFIX[kind]}:" in page for name in EXPORTED)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_tables_give_the_same_bytes(kind: str, county: Tables, tmp_path: Path) -> None:
    first, second = (export_tables(county, tmp_path / name, kind) for name in ("a", "b"))

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_an_earlier_export_is_replaced_in_whatever_format(county: Tables, tmp_path: Path) -> None:
    export_tables(county, tmp_path / "x", "csv")
    (tmp_path / "x" / ".DS_Store").write_bytes(b"1")
    files = export_tables(county, tmp_path / "x", "stata")

    assert {path.name for path in (tmp_path / "x").iterdir()} == {path.name for path in files} | {".DS_Store"}


@pytest.mark.parametrize("theirs", ["mine.csv", "reports.csv", "datapackage.json", "a/b.csv"])
def test_a_folder_with_files_of_others_is_left_alone(theirs: str, county: Tables, tmp_path: Path) -> None:
    path = tmp_path / "x" / theirs
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "x", "resources": []}', encoding="utf-8")

    with pytest.raises(TablesError, match="found"):
        export_tables(county, tmp_path / "x", "csv")

    assert [one for one in (tmp_path / "x").rglob("*") if one.is_file()] == [path]


def test_a_file_that_was_changed_by_hand_is_not_lost(county: Tables, tmp_path: Path) -> None:
    export_tables(county, tmp_path / "x", "csv")
    (tmp_path / "x" / "reports.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(TablesError, match=r"reports\.csv.*changed"):
        export_tables(county, tmp_path / "x", "csv")

    assert (tmp_path / "x" / "reports.csv").read_text(encoding="utf-8") == "mine"


def test_who_fails_half_way_leaves_the_earlier_export(
    county: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = export_tables(county, tmp_path / "x", "csv")
    before = [path.read_bytes() for path in files]
    fewer = replace(county, requests=county.requests.head(1))

    def fails(*_: Any) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr("govinfo.build.tidy.write.page_bytes", fails)
    with pytest.raises(OSError, match="disk full"):
        export_tables(fewer, tmp_path / "x", "csv")

    assert [path.read_bytes() for path in files] == before
    assert {path.name for path in (tmp_path / "x").iterdir()} == {path.name for path in files}


def test_who_is_stopped_while_files_move_is_gone_on_with(
    county: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_tables(county, tmp_path / "x", "csv")
    fewer = replace(county, requests=county.requests.head(1))
    moved = []
    move = Path.replace

    def stops(path: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 5:
            raise OSError("held open")
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stops)
        with pytest.raises(OSError, match="held open"):
            export_tables(fewer, tmp_path / "x", "csv")
    files = export_tables(fewer, tmp_path / "x", "csv")

    assert {path.name for path in (tmp_path / "x").iterdir()} == {path.name for path in files}
    assert len(from_csv((tmp_path / "x" / "requests.csv").read_bytes(), "requests")) == 1


@pytest.fixture
def study(county: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "govinfo.toml").write_text('[study]\ntitle = "试"\n', encoding="utf-8")
    write_tables(county, tmp_path / "data" / "processed")
    (tmp_path / "data" / "raw").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def govinfo(*told: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(told))
    return result.exit_code, result.output


def test_the_command_writes_workbooks_and_tables(study: Path) -> None:
    assert govinfo("export", "表", "--format", "parquet")[0] == 0
    assert len(read_tables(study / "表").reports)
    assert govinfo("export", "--format", "csv")[0] == 0
    assert (study / "output" / "csv" / "dictionary.md").is_file()
    for words in (("-o", "年报.xlsx"), ("年报.xlsx", "--format", "xlsx")):
        (study / "年报.xlsx").unlink(missing_ok=True)
        assert govinfo("export", *words)[0] == 0 and (study / "年报.xlsx").is_file()
    assert govinfo("export", "表")[0] == 2 and "--format" in govinfo("export", "表")[1]
    assert govinfo("export", "a", "-o", "b", "--format", "csv")[0] == 2
    (study / "别人").mkdir()
    (study / "别人" / "x").write_bytes(b"")
    assert govinfo("export", "别人", "--format", "csv")[0] == 2
