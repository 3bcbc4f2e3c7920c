"""The command line as a caller sees it: arguments in, exit code and text out."""

import io
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.outside.sheets import write
from tests.outside.town import Town
from tests.support.reading_here import loads_not_proven

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Answer:
    """What one call said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


def call(*arguments: object, store: Path | None = None, fresh: bool = False) -> Answer:
    """`python -m board …`; in this process, or in a `fresh` one."""
    words = [str(a) for a in arguments]
    if store is not None:
        words += ["--store", str(store)]
    if fresh:
        done = subprocess.run(
            [sys.executable, "-m", "board", *words], capture_output=True, cwd=PROJECT, check=False
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
    from board.__main__ import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 2
    return Answer(code, *(_text(stream) for stream in (out, err)))


def _text(stream: io.TextIOWrapper) -> str:
    """All that was written to the stream."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


@dataclass
class Settled:
    """A town taken in: its rows, its store, its workbooks."""

    town: Town
    store: Path
    folder: Path

    def metrics(self, period: str, scope: str = "", *more: object) -> dict[str, dict[str, Any]]:
        """The command's answer by metric."""
        words = ["metrics", "--period", period, "--format", "json", *more]
        answer = call(*words, *(["--scope", scope] if scope else []), store=self.store)
        assert answer.code == 0, (answer.out, answer.err)
        return {figure["metric"]: figure for figure in answer.json}

    def figure(self, period: str, metric: str, asked: str = "") -> dict[str, Any] | None:
        """The command's answer to one metric of the whole plan; None where it is not defined."""
        words = ["metrics", "--period", period, "--format", "json", "--metric", metric]
        answer = call(*words, *(["--filter", asked] if asked else []), store=self.store)
        figure: dict[str, Any] | None = answer.json[0] if answer.code == 0 else None
        return figure

    def measures(self, period: str) -> list[dict[str, Any]]:
        """The command's answer about every measure."""
        answer = call("measures", "--period", period, "--format", "json", store=self.store)
        assert answer.code == 0, (answer.out, answer.err)
        measures: list[dict[str, Any]] = answer.json
        return measures

    def rows(self, key: str, period: str, scope: str, part: str) -> list[dict[str, Any]]:
        """The command's rows behind a figure."""
        words = ["rows", key, "--period", period, "--part", part, "--format", "json"]
        answer = call(*words, *(["--scope", scope] if scope else []), store=self.store)
        assert answer.code == 0, (answer.out, answer.err)
        rows: list[dict[str, Any]] = answer.json
        return rows


def refusal(answer: Answer) -> str:
    """Why a load was refused: its first errors, or what the command said."""
    if not answer.out.startswith("{"):
        return answer.out + answer.err
    return str([f for f in answer.json["findings"] if f["severity"] == "error"][:5])


def settle(town: Town, folder: Path, plans: Sequence[Path] = ()) -> Settled:
    """Write the town's workbooks and load them one call at a time, withdrawing what was wrong.

    Where plans are given they are loaded before, each as a batch of its own. All is published at
    the end; only the first load, with which a store takes over the shipped plan, builds a snapshot.
    """
    rng = random.Random(town.seed)
    store = folder / "store"
    first = datetime.fromisoformat(town.loads[0].at)
    for before, plan in enumerate(plans):
        at = first - timedelta(days=len(plans) - before)
        answer = call("plan", "load", plan, "--at", at.isoformat(), store=store)
        assert answer.code == 0, (answer.out, answer.err)
    for number, load in enumerate(town.loads, 1 + len(plans)):
        if load.unchanged:
            words = ["load", "--no-change", *load.unchanged, "--month", load.month]
            answer = call(*words, "--at", load.at, "--no-publish", "--format", "json", store=store)
            assert answer.code == 0, (answer.out, answer.err)
            continue
        paths = [write(book, folder, rng) for book in load.books]
        words = ["load", *map(str, paths), "--at", load.at, "--no-publish", "--format", "json"]
        with loads_not_proven() if number > 1 else nullcontext():
            answer = call(*words, store=store)
        assert answer.code == 0, refusal(answer)
        assert answer.json["batch"] == number
        told = answer.json["rows"].values()
        assert sum(told) == sum(len(s.rows) for book in load.books for s in book.sheets)
        if load.withdrawn:
            answer = call("withdraw", number, "--reason", "填错了月份", store=store)
            assert answer.code == 0, answer.err
    answer = call("publish", store=store)
    assert answer.code == 0, answer.err
    return Settled(town, store, folder)
