"""Pictures of pages (PNG, JPEG, BMP, TIFF, WebP, GIF) → Document, by the recognition of characters."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from govinfo.errors import UnreadableFileError
from govinfo.readers.archive import broken, too_large
from govinfo.readers.document import Document
from govinfo.readers.pdf.page import Page, lay_page
from govinfo.readers.pdf.pdf import page_cells
from govinfo.readers.scan.ocr import is_installed, recognise, sheet_width

# A sheet of A4 at 600 dots an inch has 35 million pixels.
MAX_PIXELS = 64_000_000
MAX_PAGES = 60
_FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF")
# Only here are the frames of a file the pages of a document; elsewhere they move, or show one thing twice.
_PAGED = ("TIFF",)
# what Pillow raises on damaged bytes
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError)


def read_image(data: bytes, source: str, format: str = "image") -> Document:
    """The document in a picture of pages.

    Parameters
    ----------
    data : the file's bytes.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `unsupported_format` where the recognition of characters is not installed; `unreadable` where the picture is
        damaged; `too_large` beyond `MAX_PIXELS` and `MAX_PAGES`; `not_a_report` where no text is in it.
    """
    if not is_installed():
        raise UnreadableFileError(
            "unsupported_format",
            f"{source}\n  found     a picture\n  expected  text, or the recognition of characters installed\n"
            "  to do     install it (make ocr, in the folder of govinfo) and load again, or save the original as .docx"
            " or .pdf",
        )
    pages = [_page(number, grey) for number, grey in enumerate(_greys(data, source), start=1)]
    cells = page_cells(pages, source)
    if not any(cell.text for cell in cells):
        raise UnreadableFileError(
            "not_a_report",
            f"{source}\n  found     a picture in which no text was recognised\n  expected  the page of a report\n"
            "  to do     take it out of the folder, or scan the page anew, flat and sharp",
        )
    return Document(source, format, cells)


def _page(number: int, grey: Any) -> Page:
    height, width = grey.shape
    # what pictures say of their size is a printer's, a screen's or a camera's
    scale = sheet_width(width, height) / width
    glyphs, rules = recognise(grey, scale)
    return lay_page(number, glyphs, rules, width * scale, height * scale)


def _greys(data: bytes, source: str) -> Iterator[Any]:
    """The pages of a picture file as arrays of grey levels, black on white, one at a time."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
            count = int(getattr(file, "n_frames", 1)) if file.format in _PAGED else 1
            if count > MAX_PAGES:
                raise too_large(source, f"{count} pages", f"at most {MAX_PAGES}")
            for index in range(count):
                if count > 1:
                    file.seek(index)
                if file.width * file.height > MAX_PIXELS:
                    size = f"a picture of {file.width:,} by {file.height:,} pixels"
                    raise too_large(source, size, f"at most {MAX_PIXELS:,} pixels")
                yield _grey(file)
    except Image.DecompressionBombError as error:
        raise too_large(source, f"a picture of too many pixels ({error})", f"at most {MAX_PIXELS:,}") from error
    except _DAMAGE as error:
        raise broken(source, f"a picture that cannot be opened ({error})") from error


def _grey(file: Image.Image) -> Any:
    upright = ImageOps.exif_transpose(file)
    if upright.mode.startswith("I") or upright.mode == "F":
        # sixteen bits a pixel, or more: what is darkest is black, what is lightest is white
        levels = np.asarray(upright, np.float64)
        low, high = float(levels.min()), float(levels.max())
        return np.rint((levels - low) * (255 / (high - low or 1))).astype(np.uint8)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        painted = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", painted.size, "white"), painted)
    return np.asarray(upright.convert("L"))
