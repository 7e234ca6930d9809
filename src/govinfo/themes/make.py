"""`python -m govinfo.themes.make`: learn the model anew from `data/labelled.csv` and write `data/model.csv`."""

from __future__ import annotations

from pathlib import Path

from govinfo.themes.labelled import HERE, labelled, to_learn
from govinfo.themes.learn import learn
from govinfo.themes.model import write_model


def make(path: Path = HERE / "model.csv") -> Path:
    """Write the model that the labelled statements give, without those that are set aside."""
    write_model(path, learn(to_learn(labelled())))
    return path


if __name__ == "__main__":
    print(make())
