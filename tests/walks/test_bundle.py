"""The bundle installs, serves and shows every page where there is no network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.bundles import Installed, built, refused


@pytest.mark.skipif(bool(refused()), reason=f"no network namespace can be made here: {refused()}")
def test_the_bundle_installs_and_shows_every_page_without_a_network(
    tmp_path: Path, sample_store: Path
) -> None:
    house = Installed(tmp_path)
    shutil.copytree(sample_store, house.store)
    done = house.install(built(tmp_path / "dist") / "install.sh")
    assert done.returncode == 0, done.stderr
    if shutil.which("systemd-analyze"):
        units = sorted(map(str, house.unit.parent.iterdir()))
        checked = subprocess.run(
            ["systemd-analyze", "verify", *units], capture_output=True, check=False, text=True
        )
        assert (checked.returncode, checked.stderr) == (0, "")
    answer = house.walked("", "task_force", "admin")
    assert answer["interfaces"] == ["lo"]
    assert answer["outside"].startswith("OSError")
    assert answer["left"] == []
    assert answer["wrong"] == []
