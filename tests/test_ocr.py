"""Pictures and scans in, cells with their places out, marked as recognised; a picture of something else says so.

What needs the engine is left out where the extra `ocr` is not installed; the rest is tested everywhere.
"""

from __future__ import annotations

import io
import subprocess
import sys
from importlib import import_module
from random import Random
from typing import Any

import numpy as np
import pypdfium2
import pytest
from pdf_pages import Look, drawn
from PIL import Image

from govinfo.definitions.form import forms
from govinfo.demo.figures import consistent_figures
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import parse_report
from govinfo.readers.pdf import pdf as pdf_reader
from govinfo.readers.pdf.glyphs import Glyph
from govinfo.readers.pdf.pdf import read_pdf
from govinfo.readers.pdf.rules import Rule, Rules
from govinfo.readers.scan import image as image_reader
from govinfo.readers.scan.image import read_image

FORM = next(form for form in forms() if form.code == "2021")
DOTS = 130
WORDS = "政府信息公开"


@pytest.fixture
def engine() -> None:
    """The test needs the extra."""
    for name in ("cv2", "onnxruntime", "rapidocr"):
        pytest.importorskip(name)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The pictures that are given to the engine; in its place every page is a table of a word and one empty cell."""
    pictures: list[Any] = []

    def recognise(picture: Any, scale: float) -> tuple[list[Glyph], Rules]:
        pictures.append((picture, scale))
        glyphs = [Glyph(text, 110 + 10 * at, 120 + 10 * at, 115, 10, 1, True) for at, text in enumerate(WORDS)]
        across = tuple(Rule(at, 100, 300) for at in (100.0, 120.0))
        return glyphs, Rules(across, tuple(Rule(at, 100, 120) for at in (100.0, 200.0, 300.0)), 5)

    for module in (image_reader, pdf_reader):
        monkeypatch.setattr(module, "is_installed", lambda: True)
        monkeypatch.setattr(module, "recognise", recognise)
    return pictures


def saved(picture: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_image(data, "a")
    return error.value.reason


def test_without_the_extra_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_reader, "is_installed", lambda: False)

    with pytest.raises(UnreadableFileError, match="make ocr") as error:
        read_image(saved(Image.new("L", (9, 9)), "PNG"), "a.png")

    assert error.value.reason == "unsupported_format"


def test_the_readers_load_nothing_of_the_extra_before_there_is_a_picture() -> None:
    readers = "govinfo.readers.pdf.pdf, govinfo.readers.scan.image"
    code = f"import sys, {readers}; print({{'cv2', 'rapidocr'}} & set(sys.modules))"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "set()"


@pytest.mark.parametrize("format", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF"])
def test_every_format_of_pictures_gives_cells_with_their_places(format: str, shown: list[Any]) -> None:
    document = read_image(saved(Image.new("RGB", (595, 842), "white"), format), "a")

    assert [(cell.text, str(cell.place), cell.ocr) for cell in document.cells] == [
        (WORDS, "p.1 table 1 row 1 cell 1", True),
        ("", "p.1 table 1 row 1 cell 2", True),
    ]
    assert document.format == "image"


def test_an_empty_cell_of_a_recognised_table_is_recognised_too(shown: list[Any]) -> None:
    """What was not seen may be there."""
    document = read_pdf(saved(Image.new("L", (595, 842), "white"), "PDF"), "a")

    assert [(cell.text, cell.ocr) for cell in document.cells] == [(WORDS, True), ("", True)]


def test_the_frames_of_a_tiff_are_pages_and_those_of_a_gif_are_not(shown: list[Any]) -> None:
    frames = [Image.new("L", (60, 80), level) for level in (250, 240, 230)]

    tiff = read_image(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]), "a")
    gif = read_image(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a")

    assert [cell.place.page for cell in tiff.cells if cell.text] == [1, 2, 3]
    assert [cell.place.page for cell in gif.cells if cell.text] == [1]


def test_a_picture_is_taken_for_a_sheet_of_paper_upright_or_on_its_side(shown: list[Any]) -> None:
    read_image(saved(Image.new("L", (1190, 1684), 255), "PNG", dpi=(72, 72)), "a")
    read_image(saved(Image.new("L", (1684, 1190), 255), "PNG", dpi=(72, 72)), "a")

    assert [scale for _, scale in shown] == [0.5, 0.5]


def test_what_is_transparent_is_paper_and_what_is_painted_is_ink(shown: list[Any]) -> None:
    picture = Image.new("RGBA", (40, 60), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 20, 60))

    read_image(saved(picture, "PNG"), "a")

    assert (shown[0][0][5, 5], shown[0][0][5, 35]) == (0, 255)


def test_sixteen_bits_of_grey_are_not_cut_to_eight(shown: list[Any]) -> None:
    levels = np.full((60, 40), 60_000, np.uint16)
    levels[:, :20] = 3_000

    read_image(saved(Image.fromarray(levels), "TIFF"), "a")

    assert (shown[0][0][5, 5], shown[0][0][5, 35]) == (0, 255)


def test_a_picture_taken_with_the_camera_on_its_side_is_turned(shown: list[Any]) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    read_image(saved(Image.new("L", (80, 40), 255), "JPEG", exif=turned), "a")

    assert shown[0][0].shape == (80, 40)


def test_a_picture_beyond_the_caps_is_not_unpacked(shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_reader, "MAX_PIXELS", 1000)
    monkeypatch.setattr(image_reader, "MAX_PAGES", 2)
    small = Image.new("L", (9, 9))

    assert reason(saved(Image.new("1", (100, 100)), "PNG")) == "too_large"
    assert reason(saved(small, "TIFF", save_all=True, append_images=[small] * 2)) == "too_large"
    assert shown == []


def test_a_picture_that_says_it_is_enormous_is_too_large(shown: list[Any]) -> None:
    data = bytearray(saved(Image.new("1", (9, 9)), "BMP"))
    data[18:26] = (60_000).to_bytes(4, "little") * 2

    assert reason(bytes(data)) == "too_large"


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
def test_a_damaged_picture_is_unreadable(format: str, shown: list[Any]) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 90), np.uint8))
    data = saved(noise, format)

    assert reason(data[: len(data) // 2]) == "unreadable"


def test_a_picture_without_text_is_no_report(shown: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_reader, "recognise", lambda picture, scale: ([], Rules((), (), 0)))

    assert reason(saved(Image.new("L", (60, 80)), "PNG")) == "not_a_report"


@pytest.mark.parametrize("resolution", [72, 130, 300, 40])
def test_a_scanned_page_is_shown_at_the_size_of_paper(resolution: int, shown: list[Any]) -> None:
    scan = saved(Image.new("L", (1075, 1520), 255), "PDF", resolution=resolution)

    read_pdf(scan, "a")

    picture, scale = shown[0]
    assert (round(picture.shape[1] * scale), round(72 / scale)) == (595, 200)


def test_a_scan_of_a_larger_sheet_keeps_its_size(shown: list[Any]) -> None:
    read_pdf(saved(Image.new("L", (3508, 2480), 255), "PDF", resolution=212), "a")

    picture, scale = shown[0]
    assert (round(picture.shape[1] * scale, -1), round(72 / scale)) == (1190, 200)


def drawn_page() -> Any:
    """A table of three by four, drawn a pixel thin, beside strokes that rule nothing."""
    page = np.full((1100, 800), 235, np.uint8)
    for x in (100, 260, 420, 700):
        page[200:561, x : x + 2] = 60
    for y in (200, 290, 380, 470, 560):
        page[y : y + 2, 100:702] = 60
    page[330:332, 300:340] = 60
    page[315:345, 330:332] = 60
    return page


@pytest.mark.parametrize("turn", [0.0, 0.9, -1.1, 2.5])
@pytest.mark.parametrize("noise", [0, 12])
def test_rules_are_found_askew_and_in_noise(turn: float, noise: int, engine: None) -> None:
    picture = import_module("govinfo.readers.scan.picture")
    askew = np.asarray(Image.fromarray(drawn_page()).rotate(turn, Image.Resampling.BICUBIC, fillcolor=235), float)
    grain = np.random.default_rng(1).normal(0, noise, askew.shape) if noise else 0

    page = picture.straighten(np.clip(askew + grain, 0, 255).astype(np.uint8), 0.72)

    down = sorted({round(rule.at / 0.72 / 10) for rule in page.rules.down})
    assert (len(page.rules.across), down) == (5, [10, 26, 42, 70])


def test_a_sliver_beside_a_rule_is_not_read_and_a_figure_near_it_is(engine: None) -> None:
    """A rule that is thicker here and there leaves a stroke in the cell, which was taken for what nobody can read."""
    picture = import_module("govinfo.readers.scan.picture")
    page = drawn_page()
    page[300:330, 262:266] = 60
    page[400:430, 270:274] = 60

    ink = picture.straighten(page, 0.36).ink

    assert not ink[300:330, 255:269].any()
    assert ink[400:430, 270:274].all()


def test_a_figure_that_is_not_sure_is_a_question_mark_and_a_word_is_not(engine: None) -> None:
    lines, library = import_module("govinfo.readers.scan.lines"), import_module("govinfo.readers.scan.engine")

    def said(text: str, *sure: float) -> str:
        return lines.without_guesses(library.Read(text, sure))

    assert said("17", 1.0, 0.5) == "1?"
    assert said("公开7条", 1.0, 0.4, 0.6, 1.0) == "公开?条"
    assert said("3.其他", 0.4, 0.4, 1.0, 1.0) == "3.其他"
    assert said("") == "?"


def test_figures_that_two_readings_tell_differently_are_not_sure(engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A digit that a font makes look like another is misread wherever it stands, and all sums hold."""
    lines, library = import_module("govinfo.readers.scan.lines"), import_module("govinfo.readers.scan.engine")
    readings = iter([["1", "规章", "12", "0", "o"], ["7", "12", "O", "0"]])
    monkeypatch.setattr(
        lines, "read_lines", lambda _: [library.Read(text, (1.0,) * len(text)) for text in next(readings)]
    )
    paper, box = np.full((50, 50), 255, np.uint8), library.Box(5, 5, 20, 20)

    reads = lines._read_twice(paper, [box] * 5, 10)

    assert [lines.without_guesses(read) for read in reads] == ["?", "规章", "12", "0", "?"]


def pictures_of(data: bytes) -> list[Image.Image]:
    pages = pypdfium2.PdfDocument(data)
    return [Image.fromarray(page.render(scale=DOTS / 72, grayscale=True).to_numpy().squeeze()) for page in pages]


@pytest.mark.slow
@pytest.mark.parametrize("resolution", [DOTS, 72, 300])
def test_a_scan_is_read_whatever_size_its_page_claims(resolution: int, engine: None) -> None:
    """Programs save a dot of the picture as a point of the page: characters were looked for at twice their size."""
    figures = consistent_figures(FORM, Random(4))
    texts = {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}
    pages = [
        page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255) for page in pictures_of(drawn(FORM, texts, Look()))
    ]

    scan = saved(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=resolution)

    rows = parse_report(read_pdf(scan, "a"), forms()).rows

    read = [row for row in rows["requests"] if row["value"] is not None]
    assert all(row["value"] == figures["requests"][row["line"], row["applicant"]] for row in read)
    assert len(read) > 0.9 * len(rows["requests"])
    assert all(row["value"] is None for row in rows["disclosure"])


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2])
def test_a_page_on_its_side_or_its_head_is_turned(turns: int, engine: None) -> None:
    texts = {name: dict.fromkeys(table, "0") for name, table in consistent_figures(FORM, Random(4)).items()}
    page = pictures_of(drawn(FORM, texts, Look()))[0]

    document = read_image(saved(page.rotate(90 * turns, expand=True), "PNG"), "a")

    assert any(WORDS in cell.text for cell in document.cells)


@pytest.mark.slow
def test_a_photograph_is_no_report(engine: None) -> None:
    across, down = np.meshgrid(np.arange(600), np.arange(450))
    waves = (np.sin(across / 97) + np.cos(down / 61 + across / 200)) * 60 + 120

    assert reason(saved(Image.fromarray(waves.astype(np.uint8)), "JPEG")) == "not_a_report"
