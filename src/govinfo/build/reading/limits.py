"""What one file may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024
# a clock of the system cannot be set to more than some years, nor to what is no number
MOST_SECONDS = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may cost.

    `seconds` of the clock to read and parse it; `memory` in bytes of address space of the process that reads it (held
    to where the system can, as Linux does); `file_bytes` is the size above which a file is not opened at all.
    """

    seconds: float = 60.0
    memory: int = 4096 * _MB
    file_bytes: int = 100 * _MB

    def __post_init__(self) -> None:
        if not (0 < self.seconds <= MOST_SECONDS and self.memory > 0 and self.file_bytes > 0):
            raise ValueError(
                f"limits\n  found     {self}\n  expected  numbers above 0, at most {MOST_SECONDS} seconds\n"
                "  to do     give other limits"
            )
