"""Notebooks run by parameter, pages that stand alone, mistakes told before anything runs."""

from __future__ import annotations

import base64
import io
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from fontTools.ttLib import TTFont
from made_tables import busy_tables

from govinfo.build.config import Config, Run, load_config
from govinfo.build.notebooks.parameters import Parameter, find_notebook, notebooks, read_parameters
from govinfo.build.notebooks.plan import plan, plan_run
from govinfo.build.notebooks.run import run_notebooks
from govinfo.build.pages.contents import describe, render_contents
from govinfo.build.pages.page import heading
from govinfo.build.refresh import refresh
from govinfo.charts.style import font_file
from govinfo.definitions.demo import made_up
from govinfo.errors import ConfigError, NotebookError
from govinfo.questions.coverage import newest_date
from govinfo.tables import Tables, write_tables

ROOT = Path(__file__).parents[1]
NAMES = tuple(sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")))
SHARED = [
    Parameter("processed", "str", '"data/processed"', "数据表所在的文件夹"),
    Parameter("provinces", "list[str]", "[]", "只看这些省（自治区、直辖市），空表示全部"),
    Parameter("cities", "list[str]", "[]", "只看这些市（州、盟）"),
    Parameter("counties", "list[str]", "[]", "只看这些县（市、区）"),
    Parameter("townships", "list[str]", "[]", "只看这些乡镇（街道）"),
    Parameter("years", "list[int]", "[]", "只看这些年度"),
    Parameter("output", "str", '""', "图（PNG、SVG）和图下的数据（CSV）另存到这个文件夹，空表示不存"),
]


@pytest.fixture
def study(tmp_path: Path) -> Config:
    """A study of made tables with the project's own notebooks."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "govinfo.toml", tmp_path)
    write_tables(busy_tables(), tmp_path / "data" / "processed")
    return load_config(tmp_path / "govinfo.toml")


def results(config: Config) -> dict[str, bytes]:
    """Pages and notebooks by name; their charts lie in a folder beside them."""
    return {path.name: path.read_bytes() for path in config.path(config.output).iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Config]:
    """The page of one notebook that was run for real, and its study."""
    root = tmp_path_factory.mktemp("study")
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    write_tables(busy_tables(), root / "data" / "processed")
    config = Config(root, runs=(Run("request_outcomes", "request_outcomes"),))
    (root / "govinfo.toml").touch()
    parameters = {"townships": ["东河镇"], "years": [2021, 2022]}
    (path,) = run_notebooks(["request_outcomes"], parameters, config, progress=False)
    return path.read_text(encoding="utf-8"), config


def test_a_page_loads_nothing_from_anywhere(page):
    # a chart to keep is a file inside an address: what it says there loads nothing
    html = re.sub(r'href="data:[^"]*"', "", page[0])

    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", html)
    assert not re.search(r"url\(\s*[\"']?(?!data:)", html)
    assert "@import" not in html
    assert "<script" not in html
    assert '<html lang="zh-CN">' in html
    assert "<title>申请办得怎样</title>" in html


def test_the_embedded_font_has_every_character_of_the_page(page):
    html, _ = page
    data = re.search(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", html)
    assert data is not None

    font = TTFont(io.BytesIO(base64.b64decode(data.group(1))))
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    there = {ord(char) for char in text if char >= " "} & set(TTFont(font_file()).getBestCmap())
    assert {ord(char) for char in "申请办得怎样东河镇"} <= there
    assert there <= set(font.getBestCmap())
    assert font["head"].modified == TTFont(font_file(), recalcTimestamp=False)["head"].modified


def test_parameters_choose_the_reports_and_can_be_read(page):
    html, config = page

    assert "乡镇：东河镇；年度：2021、2022" in html
    assert "依据 2 份报告" in html
    assert "西山乡" not in html
    executed = nbformat.read(config.path("output") / "request_outcomes.ipynb", as_version=4)
    assert not any("papermill" in cell.metadata or "execution" in cell.metadata for cell in executed.cells)


def test_a_page_shows_no_error_output_and_escapes_reports(page):
    html, _ = page

    assert 'class="out"' not in html
    assert "节录：&lt;b&gt;叙述&lt;/b&gt;从简" in html
    assert len(re.findall(r"<figure>\s*<img alt=", html)) >= 2


@pytest.mark.slow
def test_two_runs_of_all_notebooks_give_the_same_bytes(study):
    run_notebooks((), {}, study, progress=False)
    first = results(study)
    shutil.rmtree(study.path(study.output))
    run_notebooks((), {}, study, progress=False)

    made = {name.partition(".")[0].partition("-")[0] for name in first}
    assert made == {run.notebook for run in study.runs}
    assert results(study) == first


@pytest.mark.slow
def test_notebooks_read_well_when_nothing_was_found(study):
    write_tables(Tables(), study.path(study.processed))
    for path in run_notebooks((), {}, study, progress=False):
        html = path.read_text(encoding="utf-8")
        assert "没有符合条件的报告" in html
        assert "<img" not in html


def test_a_long_path_of_the_temporary_folder_stops_no_notebook(study, tmp_path, monkeypatch):
    """A socket's path may have some hundred bytes only."""
    folder = tmp_path / ("temporary" * 12)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = study.path(study.notebooks) / "short.ipynb"
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1", id="sum")])
    nbformat.write(node, path)

    assert run_notebooks(["short"], {}, study, progress=False)


def test_a_failing_notebook_is_named_with_its_cell_and_leaves_nothing(study):
    path = study.path(study.notebooks) / "broken.ipynb"
    node = nbformat.v4.new_notebook()
    node.cells = [nbformat.v4.new_code_cell("figure = 1 / 0", id="division")]
    nbformat.write(node, path)

    with pytest.raises(NotebookError, match=r"(?s)broken\.ipynb: cell 1 \(division\).*ZeroDivisionError"):
        run_notebooks(["broken"], {}, study, progress=False)
    assert not study.path(study.output).exists()


@pytest.mark.parametrize(
    ("names", "parameters", "message"),
    [
        (["request_outcome"], {}, "request_outcomes"),
        (["request_outcomes"], {"township": ["东河镇"]}, "townships"),
        (["request_outcomes"], {"townships": "东河镇"}, r"expected  list\[str\], for example \[\"one name"),
        (["request_outcomes"], {"years": ["2021"]}, r"expected  list\[int\], for example \[2021, 2022\]"),
        (["request_outcomes"], {"years": [True]}, r"expected  list\[int\]"),
        (["request_outcomes"], {"processed": 7}, "expected  str"),
        (["request_outcomes"], {"townships": ["东河"]}, "expected  东河镇"),
        (["request_outcomes"], {"counties": ["东河镇"]}, r"townships = \['东河镇'\]"),
        (["request_outcomes"], {"townships": ["东河镇", "西山乡"], "years": [2035]}, "years"),
        (["request_outcomes"], {"years": [20211]}, "20211"),
        ([], {"yaers": [2021]}, "years"),
    ],
)
def test_mistakes_are_errors_with_near_names_before_anything_runs(study, names, parameters, message):
    with pytest.raises(ConfigError, match=message):
        run_notebooks(names, parameters, study, progress=False)
    assert not study.path(study.output).exists()


@pytest.mark.parametrize("name", NAMES)
def test_each_notebook_has_its_knobs_and_is_stored_without_outputs(name):
    node = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    found = find_notebook(name, notebooks(ROOT / "notebooks"))

    assert list(found.parameters.values())[: len(SHARED)] == SHARED
    assert all(one.type and one.help for one in found.parameters.values())
    assert (node.nbformat, node.nbformat_minor) == (4, 5)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in node.cells)
    assert next(cell for cell in node.cells if cell.cell_type == "code").metadata["tags"] == ["parameters"]


def test_parameters_typed_on_a_command_line_take_the_notebooks_types(study):
    known = notebooks(study.path(study.notebooks))

    assert read_parameters(["years=2021,2022", "townships=东河镇，西山乡"], known) == {
        "years": [2021, 2022],
        "townships": ["东河镇", "西山乡"],
    }
    assert read_parameters(["years=[2021]", "processed=a=b"], known) == {"years": [2021], "processed": "a=b"}
    with pytest.raises(ConfigError, match="name=value"):
        read_parameters(["years"], known)
    with pytest.raises(ConfigError, match="townships"):
        read_parameters(["townshps=东河镇"], known)


def test_given_parameters_go_before_those_of_the_study(study):
    planned = plan_run(["problem_themes"], {"years": [2022]}, study)

    assert [(notebook.name, run.parameters["years"]) for notebook, run in planned] == [("problem_themes", [2022])]
    assert planned[0][1].parameters["processed"] == "data/processed"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[folder]\nraw = 'x'", "folders"),
        ("[folders]\nrwa = 'x'", "raw"),
        ("[folders]\nraw = 7", "a text"),
        ("[[run]]\nnotebook = 'a'\n[[run]]\nnotebook = 'a'", "two pages named"),
        ("[[run]]\nname = 'a'", "no key notebook"),
        ("[export]\nworkbook = '../x.xlsx'", "without a folder"),
        ("[study]\nalso = [7]", "the file of another study"),
        ("[export\n", "TOML"),
    ],
)
def test_a_wrong_study_file_says_what_is_wrong(tmp_path, text, message):
    (tmp_path / "govinfo.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=message):
        load_config(tmp_path / "govinfo.toml")


def test_the_default_study_runs_every_notebook():
    config = load_config(ROOT / "govinfo.toml")

    # the one that teaches the library makes no page
    assert sorted({run.notebook for run in config.runs}) == sorted({*NAMES} - {"start_here"})
    assert [run.name for _, run in plan(config)] == [run.name for run in config.runs]


@pytest.mark.slow
def test_a_notice_stands_on_every_page_and_in_each_notebook_that_was_run(study):
    notice = "县、乡镇和数字 <b>都是编造的</b>"
    config = replace(study, notice=notice, also=(), runs=study.runs[:1])
    write_tables(busy_tables(), study.path("data/processed"))

    refresh(config, steps=("run", "export"), progress=False)

    pages = [text.decode("utf-8") for name, text in results(config).items() if name.endswith(".html")]
    assert len(pages) == len(config.runs) + 1
    for html in pages:
        assert '<p class="notice" role="note">县、乡镇和数字 &lt;b&gt;都是编造的&lt;/b&gt;</p>' in html
        assert html.index('class="notice"') < html.index("<main")
    for run in config.runs:
        node = nbformat.read(config.path(config.output) / f"{run.name}.ipynb", as_version=4)
        assert notice in node.cells[0].source


def test_without_a_notice_there_is_no_banner(page):
    html, _ = page

    assert 'class="notice"' not in html


def test_the_contents_lead_to_other_studies_once_they_are_made(study):
    (study.root / "demo.toml").write_text(
        '[study]\ntitle = "示例县"\nnotice = "都是编造的"\n[folders]\noutput = "output/a b"\n', encoding="utf-8"
    )
    refresh(study, steps=(), progress=False)
    before = results(study)["index.html"].decode("utf-8")
    (study.root / "output" / "a b").mkdir()
    (study.root / "output" / "a b" / "index.html").touch()
    refresh(study, steps=(), progress=False)
    after = (study.root / "output" / "index.html").read_text(encoding="utf-8")

    assert "示例县" not in before
    assert '<a href="a%20b/index.html">示例县</a></h3><p>都是编造的</p>' in after


def test_the_made_up_county_is_a_study_of_its_own_and_says_so():
    main, demo = load_config(ROOT / "govinfo.toml"), load_config(ROOT / "demo.toml")

    assert "demo.toml" in main.also
    assert demo.notice and made_up("note")[:2] in demo.notice
    assert {main.path(name) for name in (main.raw, main.processed, main.output)}.isdisjoint(
        {demo.path(name) for name in (demo.raw, demo.processed, demo.output)}
    )
    assert not demo.path(demo.raw).is_relative_to(ROOT / "data")
    assert [run.notebook for run in demo.runs] == [run.notebook for run in main.runs]


def test_the_contents_tell_what_pages_rest_on(study):
    made = busy_tables()
    node = nbformat.read(ROOT / "notebooks" / "request_outcomes.ipynb", as_version=4)
    page = describe(node, Run("request_outcomes", "甲 乙", {"townships": ["东河镇"]}), made)
    html = render_contents(made, [page], "年报汇总.xlsx")

    assert heading(node)[0] == page.title
    assert "东河镇；2021—2022年，依据 2 份报告" in html
    assert 'href="%E7%94%B2%20%E4%B9%99.html"' in html
    assert 'href="%E5%B9%B4%E6%8A%A5%E6%B1%87%E6%80%BB.xlsx"' in html
    assert "错误 1 条、警告 0 条、提示 1 条" in html
    assert "未能读成报告的文件：1 个" in html
    assert newest_date(made.reports) is None
    assert "数据截至：2022年度报告" in html
    assert "<b>" not in html
