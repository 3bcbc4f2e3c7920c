"""Build bundles, and install them where there is no network: in a namespace of its own."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deploy.bundle import build, options

PROJECT = Path(__file__).resolve().parents[2]
ALONE = ("unshare", "--map-root-user", "--net")


@cache
def refused() -> str:
    """Why no namespace can be made here; empty where one can."""
    try:
        done = subprocess.run([*ALONE, "true"], capture_output=True, check=False, text=True)
    except OSError as error:
        return str(error)
    return done.stderr.strip() or ("unshare failed" if done.returncode else "")


def built(out: Path, *words: str) -> Path:
    """A bundle for this machine and Python alone, without a font."""
    version = ".".join(map(str, sys.version_info[:2]))
    here = ["--machine", platform.machine(), "--python", version, "--no-font"]
    return build(options(["--out", str(out), *here, *words]))


@dataclass(frozen=True)
class Installed:
    """Where a bundle is installed: everything below one folder, as whoever runs the tests."""

    place: Path

    @property
    def store(self) -> Path:
        return self.place / "store"

    @property
    def prefix(self) -> Path:
        return self.place / "opt"

    @property
    def unit(self) -> Path:
        return self.place / "units" / "board.service"

    def options(self) -> list[str]:
        """The installer's options for this place."""
        places = {
            "--prefix": self.prefix, "--config": self.place / "etc", "--store": self.store,
            "--backups": self.place / "backups", "--units": self.unit.parent,
        }  # fmt: skip
        return [str(word) for pair in places.items() for word in pair] + ["--account", "root"]

    def install(self, script: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run an installer in a namespace without a network; there it takes itself for root."""
        return subprocess.run(
            [*ALONE, "bash", str(script), *self.options(), *words],
            capture_output=True, check=False, text=True, env=environment(),
        )  # fmt: skip

    def board(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the installed board, without a network."""
        return subprocess.run(
            [*ALONE, str(self.prefix / "bin" / "board"), *words],
            capture_output=True, check=False, text=True, env=environment(),
        )  # fmt: skip

    def walked(self, *roles: str) -> dict[str, Any]:
        """What tests.support.alone sees of the board as each of the roles."""
        done = subprocess.run(
            [*ALONE, sys.executable, "-m", "tests.support.alone", str(self.prefix), str(self.unit), *roles],
            capture_output=True, check=False, text=True, cwd=PROJECT,
            env=environment() | {"PYTHONPATH": str(PROJECT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def environment() -> dict[str, str]:
    """The environment without what would lead to this project or another store."""
    return {
        name: value
        for name, value in os.environ.items()
        if name == "BOARD_TODAY" or not name.startswith(("BOARD_", "PYTHON"))
    }
