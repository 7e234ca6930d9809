"""What stands beside a figure in a Word file must not end up in it: marks of notes, struck figures, stale results."""

from __future__ import annotations

import pytest
from office_files import p, tbl, tc, tr, word

from govinfo.readers.word.docx import read_docx

RAISED = '<w:vertAlign w:val="superscript"/>'
STYLES = "".join(
    f'<w:style w:styleId="{name}"><w:basedOn w:val="{base}"/><w:rPr>{look}</w:rPr></w:style>'
    for name, base, look in (
        ("up", "", RAISED),
        ("note", "up", "<w:b/>"),
        ("level", "up", '<w:vertAlign w:val="baseline"/>'),
        ("gone", "", "<w:strike/>"),
    )
)
INLINE = '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def styled(text: str, style: str) -> str:
    return run(text, f'<w:rStyle w:val="{style}"/>')


def cell_of(runs: str, properties: str = "") -> str:
    """The text of a table's cell with these runs."""
    cell = f"<w:tc><w:p><w:pPr>{properties}</w:pPr>{runs}</w:p></w:tc>"
    return read_docx(word(tbl(tr(tc("规章"), cell, tc("7"))), styles=STYLES), "a.docx").cells[1].text


def test_a_note_s_mark_is_no_digit_of_the_figure() -> None:
    """Word raises such marks by their style, and leaves them out of the text unless they were typed."""
    typed = (
        '<w:r><w:rPr><w:rStyle w:val="note"/></w:rPr>'
        '<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    )
    assert cell_of(run("3") + typed) == "3^1"
    assert (
        cell_of(run("3") + '<w:r><w:rPr><w:rStyle w:val="note"/></w:rPr><w:footnoteReference w:id="2"/></w:r>') == "3"
    )


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (run("3") + styled("1", "up"), "3^1"),
        (run("3") + styled("1", "level"), "31"),
        (run("3") + run("1", '<w:rStyle w:val="up"/><w:vertAlign w:val="baseline"/>'), "31"),
        (run("3") + run("1", '<w:position w:val="8"/>'), "3^1"),
        (run("31", '<w:position w:val="-2"/>'), "31"),
        (styled("3", "gone") + run("1"), "~~3~~1"),
        (run("3", '<w:rStyle w:val="gone"/><w:strike w:val="0"/>') + run("1"), "31"),
    ],
)
def test_raised_and_struck_figures_by_style_are_set_apart(runs: str, expected: str) -> None:
    assert cell_of(runs) == expected


def test_a_paragraph_s_style_says_it_of_all_its_runs() -> None:
    assert cell_of(run("3"), '<w:pStyle w:val="gone"/>') == "~~3~~"
    assert cell_of(run("3", '<w:strike w:val="0"/>'), '<w:pStyle w:val="gone"/>') == "3"


def test_earlier_looks_kept_with_a_tracked_change_say_nothing() -> None:
    old = f'<w:rPrChange w:id="1"><w:rPr><w:vanish/><w:strike/>{RAISED}</w:rPr></w:rPrChange>'
    assert cell_of(run("3") + run("1", f"<w:b/>{old}")) == "31"


def test_a_formula_to_be_worked_out_anew_shows_itself() -> None:
    """A program that fills a template writes 0 there and leaves it to Word to work out the sum."""
    for dirty, expected in (('w:dirty="true"', "=SUM(LEFT)"), ("", "5")):
        assert cell_of(f'<w:fldSimple w:instr="=SUM(LEFT)" {dirty}>{run("5")}</w:fldSimple>') == expected
        begin = f'<w:r><w:fldChar w:fldCharType="begin" {dirty}/></w:r><w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>'
        ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end")]
        assert cell_of(begin + ends[0] + run("5") + ends[1]) == expected
    assert cell_of('<w:fldSimple w:instr="=SUM(LEFT)"/>') == "=SUM(LEFT)", "no result is no blank"
    assert cell_of(f'<w:fldSimple w:instr="DATE" w:dirty="true">{run("5")}</w:fldSimple>') == "5"


def test_figures_that_a_tab_parts_are_two() -> None:
    assert cell_of("<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>") == "1\n2"
    assert cell_of("<w:r><w:tab/><w:t>12</w:t></w:r>") == "12", "a tab before a figure only moves it"


def test_a_picture_in_a_cell_is_no_blank() -> None:
    assert cell_of(f"<w:r><w:drawing>{INLINE}</w:drawing></w:r>") == "\ufffc"
    assert cell_of(run("3") + f"<w:r><w:drawing>{INLINE}</w:drawing></w:r>") == "3"
    floating = "<w:r><w:drawing><wp:anchor xmlns:wp='x'/></w:drawing></w:r>"
    assert cell_of(floating) == "", "a seal that floats over the table"
    paragraph = f"<w:p><w:r><w:drawing>{INLINE}</w:drawing></w:r></w:p>"
    assert [cell.text for cell in read_docx(word(p("甲") + paragraph), "a.docx").cells] == ["甲"]
