"""Each rule violated alone and in pairs: every fault that was put is found at its place, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from govinfo.build.loading.load import load
from govinfo.definitions.rules import rules
from govinfo.demo.corpus import formats, write_corpus
from govinfo.demo.faults import KINDS

SPOT = ["source", "rule", "table", "line", "column"]
# They need a report of the county, an ambiguous name, a register: tests of their own have them.
NOT_PUT = {"identity.place", "county.rollup", "correction.not_applied"}
ALONE = [(kind,) for kind in KINDS]


def spots(frame: pd.DataFrame) -> set[tuple[str, ...]]:
    return set(map(tuple, frame[SPOT].fillna("").to_numpy()))


def put_and_found(
    folder: Path, *, townships: int, seed: int, kinds: Sequence[Sequence[str]] = (), faults: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The faults that were put, and the findings."""
    years = range(2017, 2025)
    write_corpus(folder, townships=townships, years=years, formats=formats(), seed=seed, kinds=kinds, faults=faults)
    tables = load(folder / "raw")
    sources = tables.reports.set_index("report_id")["source"]
    found = tables.findings.assign(source=tables.findings["report_id"].map(sources))
    return pd.read_csv(folder / "truth" / "faults.csv", dtype="string"), found


def assert_found(put: pd.DataFrame, found: pd.DataFrame) -> None:
    assert spots(put) - spots(found) == set()
    told = found[found["severity"] != "info"]
    # a damaged line whose figures the form's sums do not tell is told a second time
    damaged = spots(put[put["rule"] == "table.shape"].assign(rule="value.ambiguous"))
    assert spots(told) - spots(put) - damaged == set()


def test_each_rule_violated_alone_is_found_at_its_place_and_nothing_else(tmp_path: Path) -> None:
    put, found = put_and_found(tmp_path / "county", townships=11, seed=4, kinds=ALONE)

    assert_found(put, found)
    assert {KINDS[kind].rule for (kind,) in ALONE} <= set(put["rule"])


def test_every_rule_can_be_broken_in_the_made_up_county_or_is_named_here() -> None:
    assert set(rules()) - {kind.rule for kind in KINDS.values()} == NOT_PUT


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_reports_with_each_rule_violated_alone_and_in_pairs(seed: int, tmp_path: Path) -> None:
    """Every second report of 400 has faults."""
    pairs = list(combinations(KINDS, 2))
    Random(seed).shuffle(pairs)

    put, found = put_and_found(tmp_path / "county", townships=50, seed=seed, kinds=[*ALONE, *pairs])

    assert_found(put, found)
    assert {kind.rule for kind in KINDS.values()} <= set(put["rule"])
    assert put["source"].nunique() >= 200


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_faults_put_at_random_are_found_and_nothing_else(seed: int, tmp_path: Path) -> None:
    assert_found(*put_and_found(tmp_path / "county", townships=25, seed=seed, faults=True))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_clean_reports_have_no_error_and_no_warning(seed: int, tmp_path: Path) -> None:
    out = tmp_path / "county"
    write_corpus(out, townships=8, years=range(2017, 2025), formats=formats(), seed=seed)

    found = load(out / "raw").findings

    assert found[found["severity"] != "info"].empty
