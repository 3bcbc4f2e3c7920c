"""The manifest of a batch: what stands in its folder beside the files, and what its journal row says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from board import storage
from board.storage import passed


def write_manifest(
    staging: Path, number: int, manifest: dict[str, Any], recorded: str, entered: str
) -> bytes:
    """Write the manifest, with the SHA-256 of every file; flush the folder; return the manifest."""
    contents = {
        str(path.relative_to(staging)): storage.sha256(path)
        for path in sorted(staging.rglob("*"))
        if path.is_file()
    }
    times = {"recorded_at": recorded, "entered_at": entered}
    whole = {"batch": number, **times, **manifest, "contents": contents}
    content = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
    (staging / "manifest.json").write_bytes(content)
    passed("manifest written")
    storage.sync_tree(staging)
    passed("batch synced")
    return content


# What the manifest of some batches has, beside that of every batch.
SPECIAL = ("plan", "unchanged", "month")


def payload_of(number: int, manifest: dict[str, Any], manifest_bytes: bytes) -> dict[str, Any]:
    """The payload of a batch's journal row; `manifest_bytes` is the manifest as written."""
    special = {name: manifest[name] for name in SPECIAL if manifest.get(name)}
    return special | {
        "batch": number,
        "files": manifest.get("files", []),
        "rows": manifest.get("rows", {}),
        "note": manifest.get("note") or "",
        "manifest_sha256": hashlib.sha256(manifest_bytes).hexdigest(),
    }
