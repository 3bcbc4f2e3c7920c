"""Back a store up into one file and restore it: journal, batches, key and site settings."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from board import storage
from board.accounts import Accounts, delete_temporary_rows
from board.i18n import N_
from board.journal import AuditLog, Journal, condition, put_in_place, require_sound
from board.publish import current, faults, publish
from board.reference import SITE
from board.storage import BATCHES, JOURNAL, KEY, RefusedError, passed

FORMAT = 1
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
ABOUT = "backup.json"
ALLOWED = re.compile(
    rf"{ABOUT}|{JOURNAL}|{KEY}|{re.escape(SITE)}|{BATCHES}/[0-9]+/(?:received/)?[^/\0]+"
)


def backup(root: Path, file: Path) -> dict[str, Any]:
    """Write the store into `file`, a tar with mode 0600, without snapshots; returns its description.

    The file holds every personal column and the key. Raises RefusedError where the file exists or
    the store is damaged.
    """
    require_possible(root, file)
    with storage.writing(root, "backup"), storage.staging(root) as work:
        Journal(root).recover()
        Journal(root).require_unbroken()
        _copy_journal(root, work / JOURNAL)
        shutil.copyfile(root / KEY, work / KEY)
        about = _about(root, work)
        try:
            with storage.new_file(file) as out:
                _write(root, work, about, out)
        except FileExistsError:
            raise RefusedError("file_exists", EXISTS, file=file) from None
    return about


EXISTS = N_("{file} 已存在，不覆盖。")


def require_possible(root: Path, file: Path) -> None:
    """Raise RefusedError where there is such a file already, or the store is damaged."""
    require_sound(root)
    storage.prepare(root)
    Journal(root).require_unbroken()
    if file.exists():
        raise RefusedError("file_exists", EXISTS, file=file)


def _copy_journal(root: Path, to: Path) -> None:
    """Copy the journal with the content of its write-ahead log, without sessions and tokens."""
    Journal(root).events()
    with (
        closing(sqlite3.connect(root / JOURNAL)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)
        delete_temporary_rows(target)


def _about(root: Path, work: Path) -> dict[str, Any]:
    """The backup's description, stored in it as backup.json."""
    events = Journal(root).events()
    used = current(root)
    return {
        "format": FORMAT,
        "created_at": storage.now(),
        "events": len(events),
        "batches": len(Journal(root).batches()),
        "at": used.at if used else None,
        **AuditLog(root).head(),
        "sha256": {name: storage.sha256(work / name) for name in (JOURNAL, KEY)},
    }


def _write(root: Path, work: Path, about: dict[str, Any], out: BinaryIO) -> None:
    with tarfile.open(fileobj=out, mode="w") as tar:
        content = json.dumps(about, indent=1).encode()
        member = tarfile.TarInfo(ABOUT)
        member.size, member.mode = len(content), 0o600
        tar.addfile(member, io.BytesIO(content))
        for name in (JOURNAL, KEY):
            tar.add(work / name, name)
        if (root / SITE).is_file():
            tar.add(root / SITE, SITE)
        for batch in Journal(root).batches():
            tar.add(root / BATCHES / str(batch.number), f"{BATCHES}/{batch.number}")
    passed("backup written")


def restore(root: Path, file: Path) -> dict[str, Any]:
    """Fill an empty store from a backup and publish; returns the backup's description.

    The hash chain and every batch are verified before the store changes. Raises RefusedError
    where the store has a history or accounts, or the backup is not complete.
    """
    require_sound(root)
    storage.prepare(root)
    with storage.writing(root, "restore"), storage.staging(root) as work:
        Journal(root).recover()
        if condition(root).state != "new" or Accounts(root).all():
            raise RefusedError(
                "store_not_empty", N_("该库已有记录或账号。请恢复到一个空的位置（--store）。")
            )
        about = _unpacked(file, work)
        put_in_place(work, root, [SITE])
        publish(root, about["at"], adopting=False)
    return about


def _unpacked(file: Path, work: Path) -> dict[str, Any]:
    """Unpack a backup into `work` and verify it; returns its description."""
    try:
        return _verified(file, work)
    except RefusedError:
        raise
    except Exception as error:
        # Any other error comes from the file: the store has not changed yet.
        raise (storage.disk_fault(error) or DAMAGED) from None


def _verified(file: Path, work: Path) -> dict[str, Any]:
    with tarfile.open(file, "r:*") as tar:
        for member in tar:
            if member.isdir():
                continue
            content = tar.extractfile(member) if member.isreg() else None
            if (
                content is None
                or not ALLOWED.fullmatch(member.name)
                or ".." in member.name.split("/")
            ):
                raise DAMAGED
            # TarFile.extract has no filter before Python 3.11.4.
            (work / member.name).parent.mkdir(parents=True, exist_ok=True)
            with (work / member.name).open("wb") as out:
                shutil.copyfileobj(content, out)
    about: dict[str, Any] = json.loads((work / ABOUT).read_bytes())
    (work / ABOUT).unlink()
    _require_shape(about)
    if about.get("format") != FORMAT:
        raise RefusedError("unknown_format", N_("备份由另一个版本生成，无法读取。"))
    whole = all(storage.sha256(work / name) == sha for name, sha in about["sha256"].items())
    if not whole or any(problem.severity == "error" for problem in faults(work)):
        raise DAMAGED
    return about


def _require_shape(about: dict[str, Any]) -> None:
    """Raise DAMAGED where the description names other parts, or a time that is none."""
    moment, parts = about.get("at"), about.get("sha256")
    timed = moment is None or (isinstance(moment, str) and MOMENT.fullmatch(moment))
    if not timed or not isinstance(parts, dict) or set(parts) != {JOURNAL, KEY}:
        raise DAMAGED


DAMAGED = RefusedError("damaged_backup", N_("这不是完整的备份文件，没有恢复任何内容。"))
