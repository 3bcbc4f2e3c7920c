"""Whatever is not reported, the truth lies between low and high."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from board.catalogue import METRICS
from board.metrics import Period, Scope, read
from tests.support import random_town
from tests.support.answers import present
from tests.support.random_town import MONTHS
from tests.support.rows import published_of

SCOPES = (Scope(), Scope(building="1栋"), Scope(building="1栋", unit="2单元"))


@pytest.mark.parametrize("seed", [3, 4])
def test_bounds_contain_the_truth_when_rows_go_missing(tmp_path: Path, seed: int) -> None:
    whole = random_town.town(seed, told=1.0)
    chance = Random(seed)
    # The contract calls a household zero though an unwilling member is not monitored, who
    # might be at work: its bounds hold for what is missing of the willing.
    stays = {row["citizen_id"] for row in whole["labour"] if not row["willing_to_work"]}
    some = {
        name: [
            row for row in rows
            if name not in ("employment", "occupancy")
            or row.get("citizen_id") in stays
            or chance.random() < 0.6
        ]
        for name, rows in whole.items()
    }  # fmt: skip
    truth, known = published_of(tmp_path / "a", whole), published_of(tmp_path / "b", some)
    keys = ("employment_rate", "employment_destination", "nearby_share", "returned_workers",
            "zero_employment_households", "asset_occupancy", "asset_occupancy_count")  # fmt: skip
    for key in keys:
        metric = METRICS[key]
        for at in MONTHS[::3]:
            for scope in SCOPES:
                if scope.kind not in metric.scopes:
                    continue
                right = read(truth, metric, Period(at), scope, metric.axes)
                found = read(known, metric, Period(at), scope, metric.axes)
                pairs = [(found, right)]
                for axis in metric.axes:
                    pairs += zip(found.by[axis], right.by[axis], strict=False)
                for one, true in pairs:
                    if true.value is not None and one.low is not None and one.label == true.label:
                        assert one.low - 1e-9 <= true.value <= present(one.high) + 1e-9, (
                            key,
                            at,
                            one.label,
                        )
