"""A PDF in, what it prints out: tables however they are ruled, wrapped labels whole, the paper's own marks left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import assert_whole, distinct_texts, report_of
from pdf_pages import FONT, Look, backwards, bold, drawn, one_by_one, register_font, spaced, whole
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from govinfo.definitions.form import Form
from govinfo.errors import UnreadableFileError
from govinfo.readers import read_document
from govinfo.readers.pdf.pdf import read_pdf

Draw = Callable[[Canvas], None]
FULL_WIDTH = {str(digit): chr(0xFF10 + digit) for digit in range(10)}
# radicals whose shape is that of the ideograph: fonts share one glyph, and a PDF may name either
RADICALS = dict(zip("一二行人方立自", "⼀⼆⾏⼈⽅⽴⾃", strict=True))
RULED = ("grid", "dashed", "dotted", "double", "boxes")
UNRULED = ("none", "across", "down", "three")


def pages(*draws: Draw, **options: object) -> bytes:
    """A PDF with a page for each of `draws`."""
    register_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, **options)  # type: ignore[arg-type]
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def at(*texts: tuple[float, float, str], size: float = 12) -> Draw:
    """Draws each text at its place."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in texts:
            whole(canvas, x, y, text, size)

    return draw


def texts(data: bytes) -> list[str]:
    return [cell.text for cell in read_pdf(data, "a.pdf").cells]


def refused(data: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(data, "a.pdf")
    return caught.value


def read_back(form: Form, look: Look, odd: float = 0.0) -> None:
    printed = distinct_texts(form, odd=odd)
    assert_whole(report_of(read_pdf(drawn(form, printed, look), "a.pdf")), form, printed)


class TestTables:
    """Every figure of a form, a different one in each cell, is read back."""

    @pytest.mark.parametrize("rules", [*RULED, *UNRULED])
    @pytest.mark.parametrize("code", ["2019", "2021"])
    def test_a_table_is_read_however_it_is_ruled(self, form: Callable[[str], Form], code: str, rules: str) -> None:
        read_back(form(code), Look(rules=rules))

    @pytest.mark.parametrize("rules", ["grid", "none"])
    @pytest.mark.parametrize("put", [one_by_one, bold, backwards])
    def test_how_characters_are_put_on_the_page_says_nothing(self, form, rules, put) -> None:
        """A text object a character, a text twice for bold, a line written from its end: the same table."""
        read_back(form("2021"), Look(rules=rules, put=put))

    @pytest.mark.parametrize("rules", ["grid", "none"])
    @pytest.mark.parametrize(
        "look",
        [
            {"zebra": True},
            {"frame": True},
            {"turned": True},
            {"repeat": True},
            {"rows": 9},
            {"align": "top"},
            {"size": 6, "leading": 8, "padding": 2},
            {"watermark": "内部资料2022"},
            {"mark": "第 {page} 页 共 9 页", "head": "测试镇人民政府文件"},
            {"mark": "{page}"},
        ],
        ids=lambda look: "-".join(look),
    )
    def test_what_else_is_on_the_page_says_nothing(self, form, rules: str, look: dict) -> None:
        read_back(form("2021"), Look(rules=rules, **look))

    @pytest.mark.parametrize("rules", ["grid", "none"])
    def test_radicals_are_the_ideographs_that_they_look_like(self, form, rules: str) -> None:
        read_back(form("2021"), Look(rules=rules, change=RADICALS))

    def test_full_width_digits_are_kept_as_printed(self, form) -> None:
        printed = distinct_texts(form("2021"))
        document = read_pdf(drawn(form("2021"), printed, Look(change=FULL_WIDTH, size=6)), "a.pdf")
        first = next(iter(printed["disclosure"].values()))
        row = report_of(document).rows["disclosure"][0]
        assert (row["value"], row["raw"]) == (int(first), first.translate(str.maketrans(FULL_WIDTH)))

    @pytest.mark.parametrize("rules", ["grid", "dashed"])
    def test_blank_cells_of_a_ruled_table_are_blank(self, form, rules: str) -> None:
        read_back(form("2021"), Look(rules=rules), odd=0.3)

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        rules=st.sampled_from([*RULED, *UNRULED]),
        put=st.sampled_from([whole, one_by_one, spaced, bold]),
        size=st.sampled_from([5.0, 7.0, 9.0, 10.5]),
        pitch=st.sampled_from([1.15, 1.3, 1.5]),
        padding=st.sampled_from([0.0, 1.5, 4.0]),
        align=st.sampled_from(["middle", "top"]),
        rows=st.sampled_from([5, 9, 18, 26]),
        odd=st.sampled_from([0.0, 0.1, 0.3]),
        under=st.sampled_from(["", "注：以上含上年结转 12 件", "3"]),
    )
    def test_no_look_gives_a_wrong_number(
        self, form, rules, put, size, pitch, padding, align, rows, odd, under
    ) -> None:
        """Tight, tiny and overflowing tables may lose figures; what is read or aligned is what was printed."""
        printed = distinct_texts(form("2021"), odd=odd)
        look = Look(rules, put, size, pitch * size, padding, align, rows, under=under)
        report = report_of(read_pdf(drawn(form("2021"), printed, look), "a.pdf"))
        for table in form("2021").tables:
            cells = [(line, column) for block in table.blocks for line in block.lines for column in block.columns]
            for (line, column), row in zip(cells, report.rows[table.name], strict=True):
                if row["status"] in ("read", "aligned"):
                    assert str(row["value"]).removesuffix(".0") == printed[table.name][line.code, column.key], row


class TestPlaces:
    def test_a_figure_has_its_page_table_row_and_cell(self, form) -> None:
        printed = distinct_texts(form("2021"))
        report = report_of(read_pdf(drawn(form("2021"), printed, Look(rows=30)), "a.pdf"))
        (row,) = [
            row for row in report.rows["requests"] if (row["line"], row["applicant"]) == ("new", "natural_person")
        ]
        assert row["locator"] == "p.2 table 1 row 4 cell 4"

    def test_a_paragraph_has_its_page_and_line(self) -> None:
        wide = (50, 720, "测" * 40)
        data = pages(at(wide, (50, 700, "第一段。")), at((50, 700, "第二段。"), (50, 600, "第三段。")))
        places = [str(cell.place) for cell in read_pdf(data, "a.pdf").cells]
        assert places == ["p.1 row 1", "p.2 row 1", "p.2 row 2"]


class TestNumbers:
    def test_digits_that_stand_apart_are_not_made_one_number(self) -> None:
        assert "12" not in texts(pages(at((50, 700, "规章"), (150, 700, "1"), (162, 700, "2"), (250, 700, "7"))))

    def test_struck_out_figures_are_left_out(self) -> None:
        """A report printed with its changes shown: 38 struck out beside its correction 0 was read as 380."""

        def draw(canvas: Canvas) -> None:
            at((50, 700, "规章"), (150, 700, "38"), (164, 700, "0"))(canvas)
            width = canvas.stringWidth("38", FONT, 12)
            canvas.setLineWidth(0.6)
            canvas.line(150, 704, 150 + width, 704)

        assert texts(pages(draw)) == ["规章", "0"]

    def test_text_off_the_page_is_not_printed(self) -> None:
        assert texts(pages(at((50, 700, "规章"), (-200, 700, "88"), (700, 700, "99")))) == ["规章"]

    def test_texts_printed_over_each_other_are_kept_apart(self) -> None:
        """A label that ran into the next column took the first half of the unit there: 万元 was read as 元."""
        cells = texts(pages(at((50, 700, "专项经费政府网站"), (140, 700, "万元"), (250, 700, "479"))))
        assert "万元" in cells


class TestCells:
    def test_words_that_run_over_a_line_belong_to_the_cell_where_they_begin(self) -> None:
        """A label wider than its column put its last words before the figure beside it."""

        def draw(canvas: Canvas) -> None:
            canvas.grid([50, 100, 200], [640, 660, 680])
            at((52, 664, "规章"), (110, 664, "3"), (52, 644, "行政规范性文件"), (160, 644, "12"))(canvas)

        assert texts(pages(draw)) == ["规章", "3", "行政规范性文件", "12"]

    def test_the_parts_of_a_table_over_pages_have_one_set_of_columns(self) -> None:
        """The first page shows no line between the second and the third column."""

        def draw(xs: list[float], *cells: tuple[float, float, str]) -> Draw:
            def put(canvas: Canvas) -> None:
                canvas.grid(xs, [640, 660, 680])
                at(*cells)(canvas)

            return put

        data = pages(
            draw([50, 150, 250], (52, 664, "合计"), (160, 664, "3"), (52, 644, "总数"), (160, 644, "4")),
            draw([50, 100, 150, 250], (52, 664, "甲"), (105, 664, "乙"), (160, 664, "5"), (105, 644, "丙")),
        )
        columns = {cell.text: cell.column for cell in read_pdf(data, "a.pdf").cells if cell.text}
        assert columns == {"合计": 0, "3": 2, "总数": 0, "4": 2, "甲": 0, "乙": 1, "5": 2, "丙": 1}


class TestFlow:
    def test_lines_of_a_paragraph_are_joined_over_the_end_of_a_page(self) -> None:
        line = "公" * 40
        data = pages(
            at((74, 120, "公" * 38), (50, 100, line)),
            at((50, 760, "开完了。"), (74, 740, "新的一段。")),
            pagesize=(595, 842),
        )
        assert texts(data) == ["公" * 78 + "开完了。", "新的一段。"]

    def test_page_numbers_and_running_heads_are_left_out(self) -> None:
        def page(number: int, text: str) -> Draw:
            return at((250, 800, "测试镇人民政府"), (50, 700, text), (280, 40, f"- {number} -"))

        data = pages(page(1, "第一页的话。"), page(2, "第二页的话。"), page(3, "第三页的话。"))
        assert texts(data) == ["测试镇人民政府", "第一页的话。", "第二页的话。", "第三页的话。"]


class TestRefused:
    def test_a_file_with_a_password_says_so(self) -> None:
        encrypted = pages(at((50, 700, "规章")), encrypt=pdfencrypt.StandardEncryption("a", ownerPassword="b"))
        assert refused(encrypted).reason == "encrypted"

    def test_a_file_that_only_forbids_changes_is_read(self) -> None:
        data = pages(at((50, 700, "规章")), encrypt=pdfencrypt.StandardEncryption("", ownerPassword="b", canModify=0))
        assert texts(data) == ["规章"]

    @pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
    def test_a_truncated_file_is_unreadable(self, keep: float) -> None:
        data = pages(at((50, 700, "规章")))
        assert refused(data[: int(keep * len(data))]).reason == "unreadable"

    def test_a_blank_page_is_empty(self) -> None:
        assert refused(pages(at())).reason == "empty"

    def test_a_page_of_too_many_characters_is_refused_and_not_cut_off(self) -> None:
        """Half of them are blanks: what came behind the last that was looked at was left out in silence."""
        rows = [(50.0, 800.0 - 5 * row, "a " * 310) for row in range(101)]
        error = refused(pages(at(*rows, (50, 100, "规章"), (90, 100, "1234"), size=1)))
        assert error.reason == "too_large"
        assert "characters on page 1" in str(error)

    def test_a_scan_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        image = pytest.importorskip("PIL.Image")
        image.new("L", (60, 80), 200).save(tmp_path / "scan.png")
        monkeypatch.setattr("govinfo.readers.pdf.pdf.is_installed", lambda: False)
        error = refused(pages(lambda canvas: canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, 595, 842)))
        assert error.reason == "unreadable"
        assert "make ocr" in str(error)

    def test_the_kind_is_told_by_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "报告.doc"
        path.write_bytes(pages(at((50, 700, "规章"))))
        assert read_document(path).format == "pdf"


def test_filled_form_fields_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        at((50, 700, "规章"))(canvas)
        canvas.acroForm.textfield(name="x", value="1234", x=200, y=690, width=80, height=20, fontName="Helvetica")

    assert texts(pages(draw)) == ["规章", "1234"]
