"""A chart: a figure, the frame that it draws, and the name under which both are kept."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Chart:
    """What a question's answer looks like; `frame` holds what is drawn, a row a mark, gaps as nulls.

    `name` is that of its files: Latin letters, digits, `_`, `-` and `.`, and no other chart of the notebook has it.
    """

    name: str
    figure: Figure
    frame: pd.DataFrame

    @property
    def title(self) -> str:
        """What it shows, in one line."""
        return self.figure.get_suptitle().replace("\n", "")

    @property
    def caption(self) -> str:
        """Unit, n and notes, in one line."""
        return self.figure.get_supxlabel().replace("\n", "")
