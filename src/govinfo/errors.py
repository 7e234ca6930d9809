"""What can go wrong. Each message says where, what was found, what was expected and what to do."""

from __future__ import annotations


class GovinfoError(Exception):
    """Base of every error that govinfo raises on purpose."""


class DefinitionError(GovinfoError):
    """A file of `definitions/` (or a form given by the user) does not say what it must."""

    def __init__(self, file: str, line: int | None, found: str, expected: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(
            f"{place}\n  found     {found}\n  expected  {expected}\n  to do     correct this line of the definition"
        )
        self.file = file
        self.line = line


class UnreadableFileError(GovinfoError):
    """A file cannot give a report. `reason` is one of the codes of the `rejects` table."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ManifestError(GovinfoError):
    """The manifest beside the raw reports cannot be used as it stands."""


class PlacesError(GovinfoError):
    """A file of a project's own places cannot be used as it stands."""


class RegisterError(GovinfoError):
    """A register of corrections or of remarks cannot be used as it stands."""

    def __init__(self, place: str, found: str, expected: str, to_do: str) -> None:
        super().__init__(f"{place}\n  found     {found}\n  expected  {expected}\n  to do     {to_do}")


class MissingFiguresError(GovinfoError):
    """No report in the tables has the figures that a question needs."""


class TablesError(GovinfoError):
    """A folder does not hold the tables of the data contract."""


class ConfigError(GovinfoError):
    """`govinfo.toml`, a notebook's name or a parameter cannot be used as given."""

    def __init__(self, place: str, found: str, expected: str, to_do: str) -> None:
        super().__init__(f"{place}\n  found     {found}\n  expected  {expected}\n  to do     {to_do}")


class NotebookError(GovinfoError):
    """A notebook stopped before its end."""


class LockedError(GovinfoError):
    """Another process does now what must not be done twice at once."""


class DemoError(GovinfoError):
    """The made-up county cannot be made as asked."""
