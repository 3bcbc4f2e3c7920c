"""The invented settlement with something planted in every text column, and all that a reader gets of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from board import access, export, metrics, storage
from board.access import Reader
from board.catalogue import METRICS
from board.journal import Journal
from board.ledgers import Field, ledgers
from board.metrics import Scope
from board.publish import publish
from board.sample import deliveries
from board.sections import sections
from board.sections.rows_behind import PARTS, behind, open_to
from board.sections.section import Panel, Section, View
from board.store import QUERIES, Snapshot, WithheldError
from board.table import Table

APP = str(Path(__file__).resolve().parents[2] / "app.py")
About = Sequence[tuple[str, str]]
Plant = Callable[[str, Field, pl.Series], pl.Series]
# What is no text of one's own: it says where a row stands, so that nothing joins once it changes.
STRUCTURAL = {"building", "unit", "room", "occurrence", "term"}
EMBEDDED = re.compile(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
PARAMETER = re.compile(r"\$(\w+)")
SINCE, UNTIL = date(2023, 1, 1), date(2025, 12, 1)


def texts() -> list[tuple[str, Field]]:
    """Every text column of every ledger: its ledger and its declaration."""
    return [
        (ledger.name, field)
        for ledger in ledgers()
        for field in ledger.fields()
        if field.kind == "text" and not field.codes_from and field.name not in STRUCTURAL
    ]


def planted(root: Path, plant: Plant, households: int = 60, months: int = 14) -> Path:
    """A published store of the settlement, each text column changed by `plant`."""
    storage.prepare(root)
    journal = Journal(root)
    for one in deliveries(households, months, 2023):
        if one.withdraws:
            continue
        with storage.staging(root) as work:
            for name, rows in one.frames.items():
                changed = [
                    plant(name, field, rows[field.name]).alias(field.name)
                    for ledger, field in texts()
                    if ledger == name
                ]
                rows.with_columns(changed).write_parquet(work / f"{name}.parquet")
            counts = {name: rows.height for name, rows in one.frames.items()}
            files = [{"name": one.file, "sha256": "0" * 64}]
            manifest = {"files": files, "rows": counts, "note": one.note}
            journal.commit(work, manifest, one.at.isoformat())
    publish(root)
    return root


def answers(snapshot: Snapshot, reader: Reader) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every query that the reader may ask, with its answer."""
    readable = access.for_reader(snapshot, reader.permissions)
    given: dict[str, Any] = {
        "since": SINCE, "until": UNTIL, "month": date(2024, 1, 1), "axis": "place",
        "ledger": "tasks", "batch": 1, "file": "", "sheet": "",
    }  # fmt: skip
    for path in sorted(QUERIES.rglob("*.sql")):
        query = str(path.relative_to(QUERIES).with_suffix(""))
        # `checksum` reads any table, and answers a number.
        if query.startswith(("views/", "persons/")) or query == "checksum":
            continue
        params = {name: given.get(name) for name in set(PARAMETER.findall(path.read_text()))}
        with suppress(WithheldError):
            yield query, readable.frame(query, **params)


def tables(view: View) -> Iterator[tuple[str, str]]:
    """The text of every table of every page that the reader may open, with what describes it."""
    for name, table, about in files(view):
        yield name, f"{table.frame.columns} {table.frame.rows()} {table.file} {about}"


def files(view: View) -> Iterator[tuple[str, Table, About]]:
    """Every table that the reader may open or take away, with the sheet that describes it.

    Twins of charts and the rows behind figures are among them.
    """
    for section in sections():
        if not section.opens_to(view.reader):
            continue
        seen = view
        for choice in section.choices:
            seen = seen.choosing(**{choice.key: choice.fallback(seen)})
        for panel in section.shown(seen):
            yield from _of_panel(section, panel, seen)


def _of_panel(section: Section, panel: Panel, view: View) -> Iterator[tuple[str, Table, About]]:
    for choice in (*panel.choices, *panel.follows):
        view = view.choosing(**{choice.key: choice.fallback(view)})
    name = f"{section.key}.{panel.key}"
    with suppress(WithheldError):
        about = export.about(section, panel, view)
        own = export.table_of(panel.body(view)) or Table.of()
        for table in (own, panel.table(view) if panel.table else Table.of()):
            yield name, table, about
    for key in panel.metrics:
        metric = METRICS[key]
        for part, _label in PARTS if open_to(view, metric) else ():
            with suppress(WithheldError):
                about = export.about_rows(section, metric, part, view)
                yield f"{name} {key} {part}", behind(view, metric, part), about


def readings(view: View) -> Iterator[tuple[str, str]]:
    """Every figure with all its breakdowns, as the command `metrics` writes it."""
    for metric in METRICS.values():
        if metrics.defined(metric, view.period, Scope()):
            with suppress(WithheldError):
                reading = access.read(view.snapshot, metric, view.period, Scope(), by=metric.axes)
                yield metric.key, str(metrics.answer(reading))


def page_sent(key: str, **query: str) -> list[Any]:
    """All that a page sends to the browser: every element, chart and table."""
    at = AppTest.from_file(APP, default_timeout=60)
    if key != sections()[0].key:
        at.switch_page(f"pages/{key}.py")
    for name, value in query.items():
        at.query_params[name] = value
    for section in sections():
        for panel in section.panels:
            for part in ("table", "words", "more"):
                at.session_state[f"{section.key}.{panel.key}.{part}"] = True
    at.run()
    assert not at.exception
    return [node.proto for node in at._tree if hasattr(getattr(node, "proto", None), "ListFields")]


def page_bytes(key: str, **query: str) -> bytes:
    """All that a page sends to the browser, pictures as the text they are."""
    sent: bytes = b"".join(proto.SerializeToString() for proto in page_sent(key, **query))
    return sent + b"".join(base64.b64decode(one) for one in EMBEDDED.findall(sent))


def as_role(monkeypatch: pytest.MonkeyPatch, root: Path, role: str) -> None:
    """Serve a store on this machine as a role."""
    monkeypatch.setenv("BOARD_STORE", str(root))
    monkeypatch.setenv("BOARD_ROLE", role)
