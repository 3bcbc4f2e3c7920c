"""Write the sample as workbooks, or load it into a store in the same way as real ledgers."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from board.i18n import N_
from board.sample import story
from board.sample.deliveries import Delivery, deliveries

if TYPE_CHECKING:
    from board.intake import Outcome

PLAN = "plan.json"
MAKING, WRITING, LOADING, PUBLISHING = N_("虚构安置点"), N_("写台账"), N_("收台账"), N_("发布")
Progress = Callable[[str, int, int], None]
READERS = 2
"""How many workbooks are read at the same time."""


class SampleRefusedError(Exception):
    """The store refused a workbook of the sample: an error in the program."""


def _no_progress(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def write(
    out: Path,
    households: int = story.HOUSEHOLDS,
    months: int = story.MONTHS,
    seed: int = story.SEED,
    progress: Progress = _no_progress,
) -> list[Path]:
    """Write the workbooks and plan.json into `out`, and return their paths.

    plan.json lists the steps in order: `{"at", "files", "note"}` for a batch,
    `{"at", "withdraw", "reason"}` for a withdrawal, whose number counts the batches from 1.
    """
    out.mkdir(parents=True, exist_ok=True)
    progress(MAKING, 0, 1)
    steps = deliveries(households, months, seed)
    plan = out / PLAN
    plan.write_text(
        json.dumps([_plan_entry(step) for step in steps], ensure_ascii=False, indent=1) + "\n"
    )
    with _workbooks(steps, out, workers=2) as written:
        paths = []
        for number, (_, path) in enumerate(written, 1):
            progress(WRITING, number, len(steps))
            paths += [path] if path else []
    return [*paths, plan]


def load_sample(
    root: Path,
    households: int = story.HOUSEHOLDS,
    months: int = story.MONTHS,
    seed: int = story.SEED,
    progress: Progress = _no_progress,
) -> str:
    """Load the whole sample into the store at `root`; returns the name of the published snapshot.

    Every batch is loaded by `board.intake.load`, dated as in the sample's history. The snapshot
    is built and published once, at the end, which checks all batches. `progress` is called with
    (step, done, total). Raises SampleRefusedError if a workbook is refused.
    """
    from board.publish import publish

    progress(MAKING, 0, 1)
    steps = deliveries(households, months, seed)
    with (
        tempfile.TemporaryDirectory(prefix="board-sample-") as folder,
        _workbooks(steps, Path(folder), workers=1) as written,
        ThreadPoolExecutor(READERS) as readers,
    ):
        before: Future[None] | None = None
        waiting: deque[Future[None]] = deque()
        for number, (step, path) in enumerate(written, 1):
            before = readers.submit(_load_step, root, step, path, before)
            waiting.append(before)
            if len(waiting) > READERS:
                waiting.popleft().result()
                progress(LOADING, number - len(waiting), len(steps))
        for future in waiting:
            future.result()
    progress(PUBLISHING, 0, 1)
    return publish(root)


def _load_step(root: Path, step: Delivery, path: Path | None, before: Future[None] | None) -> None:
    """Load one step: it is read while the step before is read, but recorded only after that one."""
    from board.intake import load
    from board.journal import Journal

    def turn() -> None:
        if before is not None:
            before.result()

    at = step.at.isoformat()
    if step.withdraws is not None:
        turn()
        Journal(root).withdraw(step.withdraws, step.reason, at)
    elif path is not None:
        _require_accepted(
            step, load([path], root, step.note, at, publish=False, turn=turn, proven=False)
        )


def _require_accepted(step: Delivery, outcome: Outcome) -> None:
    """Raise if the store refused the step; the message names the broken rules, but no value."""
    if outcome.batch is None:
        broken = sorted({f.rule for f in outcome.check.findings if f.severity == "error"})
        raise SampleRefusedError(f"{step.file}: {', '.join(broken)}")


def _plan_entry(step: Delivery) -> dict[str, object]:
    at = step.at.isoformat()
    if step.withdraws is not None:
        return {"at": at, "withdraw": step.withdraws, "reason": step.reason}
    return {"at": at, "files": [step.file], "note": step.note}


@contextmanager
def _workbooks(
    steps: list[Delivery], folder: Path, workers: int
) -> Iterator[Iterator[tuple[Delivery, Path | None]]]:
    """The steps in order, each with its workbook, which other processes write ahead."""
    from board.sample.workbooks import workbook

    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        waiting: list[Future[Path] | None] = [
            pool.submit(workbook, step, folder) if step.frames else None for step in steps
        ]
        try:
            yield (
                (step, future.result() if future else None)
                for step, future in zip(steps, waiting, strict=True)
            )
        finally:
            pool.shutdown(cancel_futures=True)
