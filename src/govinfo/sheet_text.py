"""Text on its way into a spreadsheet, where it must stay text."""

from __future__ import annotations

# what a spreadsheet takes for a formula or a command when it stands first
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, with a mark before it where a spreadsheet that opens a CSV would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()
