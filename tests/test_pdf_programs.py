"""PDFs that office programs and browsers make of a report are read back figure by figure."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from html_pages import clean, spanned
from office_files import assert_whole, distinct_texts, report_of, word_report

from govinfo.definitions.sheet import sheet
from govinfo.readers.pdf.pdf import read_pdf

BORDERS = "table{border-collapse:collapse}td{border:1px solid #888;padding:2px}"
ZEBRA = "td{padding:5px 9px}tr:nth-child(even){background:#ddd}"
_TITLE = "测试镇2022年政府信息公开工作年度报告"


def _run(*command: str) -> None:
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=90, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{command[0]} does not answer")


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser here")
@pytest.mark.parametrize("css", [BORDERS, ZEBRA], ids=["borders", "zebra"])
def test_a_web_page_printed_by_a_browser_is_read_whole(form, tmp_path: Path, css: str) -> None:
    """Without borders only the places of figures and labels tell rows and columns."""
    form_2021 = form("2021")
    printed = distinct_texts(form_2021)
    tables = "".join(
        f"<h2>{'二三四'[number]}、{table.title.split('、', 1)[-1]}</h2>"
        + clean(spanned(sheet(table, printed[table.name])))
        for number, table in enumerate(form_2021.tables)
    )
    page = tmp_path / "report.html"
    page.write_text(
        f"<meta charset=utf-8><style>{css}</style><h1>{_TITLE}</h1><h2>一、总体情况</h2><p>做好公开。</p>{tables}",
        encoding="utf-8",
    )
    target = tmp_path / "report.pdf"
    _run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path}/browser", f"--print-to-pdf={target}", str(page),
    )  # fmt: skip
    if not target.exists():
        pytest.skip("the browser prints nothing here")
    assert_whole(report_of(read_pdf(target.read_bytes(), "a.pdf")), form_2021, printed)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_a_word_file_printed_by_libreoffice_is_read_whole(form, tmp_path: Path) -> None:
    """Narrow columns wrap every label, and the ends of pages cut rows in the middle of them."""
    form_2021 = form("2021")
    printed = distinct_texts(form_2021)
    # fifteen columns on a page leave room for two digits; a number cut over two lines is no figure
    printed["disputes"] = {key: str(10 + number) for number, key in enumerate(printed["disputes"])}
    document = docx.Document(io.BytesIO(word_report(form_2021, printed)))
    for table in document.tables:
        table.style = "Table Grid"
    document.save(str(tmp_path / "report.docx"))
    _run(
        "soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
        "--outdir", str(tmp_path), str(tmp_path / "report.docx"),
    )  # fmt: skip
    target = tmp_path / "report.pdf"
    if not target.exists():
        pytest.skip("LibreOffice converts nothing here")
    assert_whole(report_of(read_pdf(target.read_bytes(), "a.pdf")), form_2021, printed)
