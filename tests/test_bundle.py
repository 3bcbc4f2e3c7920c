"""What a bundle is made of, what its installer refuses, and that its samples say what the board expects."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from board.serve.gate import told_by_proxy
from board.serve.settings import LARGEST_UPLOAD, settings
from deploy.bundle import DEPLOY, PROJECT, copy_program, lay_out, requirements_for, write_manifest
from tests.support.bundles import ALONE, environment, refused

SCRIPTS = [DEPLOY / name for name in ("install.sh", "board", "board-backup")]
NGINX = (DEPLOY / "samples" / "nginx.conf").read_text("utf-8")
CADDY = (DEPLOY / "samples" / "Caddyfile").read_text("utf-8")
HERE = f"{platform.machine()} {sys.version_info[0]}.{sys.version_info[1]}"
CONFIGURED = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle without wheels: all that an installer looks at before it installs."""
    work = tmp_path_factory.mktemp("bundle") / "board-1"
    lay_out(work, "1")
    (work / "TARGETS").write_text(f"{HERE}\n")
    write_manifest(work)
    return work


@pytest.fixture
def bundle(whole: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil; linked, since a test writes files anew."""
    return Path(shutil.copytree(whole, tmp_path / "bundle", copy_function=shutil.copy))


def installed(bundle: Path, place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the installer says it would do, everything below one folder."""
    places = {name: str(place / name) for name in ("prefix", "config", "store", "backups", "units")}
    options = [word for name, path in places.items() for word in (f"--{name}", path)]
    return subprocess.run(
        ["bash", str(bundle / "install.sh"), "--dry-run", "--python", sys.executable, *options, *words],
        capture_output=True, check=False, text=True, env=environment(),
    )  # fmt: skip


def test_the_program_is_all_that_git_tracks_of_it_and_nothing_else(tmp_path: Path) -> None:
    copy_program(tmp_path, None)
    copied = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    }
    listed = subprocess.run(
        ["git", "-C", PROJECT, "ls-files", "-z"], capture_output=True, check=True, text=True
    )
    tracked = set(listed.stdout.split("\0"))
    assert copied - tracked == set()
    runs = ("board/", "data/", "locale/", "pages/", "queries/", "app.py", ".streamlit/")
    assert {name for name in tracked if name.startswith(runs)} - copied == set()


def test_requirements_are_those_of_linux() -> None:
    pinned = (PROJECT / "requirements.txt").read_text("utf-8")
    names = {line.split("==")[0] for line in requirements_for(pinned, "aarch64", "3.12")}
    assert {"uvloop", "httptools", "streamlit"} <= names
    assert names & {"colorama", "httpx2-jsfetch"} == set()


def test_a_dry_run_changes_nothing(bundle: Path, tmp_path: Path) -> None:
    done = installed(bundle, tmp_path / "place")
    assert done.returncode == 0, done.stderr
    assert "install --quiet --no-index" in done.stdout
    assert not (tmp_path / "place").exists()


@pytest.mark.skipif(bool(refused()), reason=f"nobody can be root here: {refused()}")
def test_root_takes_the_python_of_the_system_before_one_of_its_own(
    bundle: Path, tmp_path: Path
) -> None:
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if not Path("/usr/bin", name).exists():
        pytest.skip(f"no {name} in /usr/bin")
    own = tmp_path / "own" / name
    own.parent.mkdir()
    own.symlink_to(Path("/usr/bin", name))
    done = subprocess.run(
        [*ALONE, "bash", str(bundle / "install.sh"), "--dry-run", "--prefix", str(tmp_path / "place")],
        capture_output=True, check=False, text=True,
        env=environment() | {"PATH": f"{own.parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"  /usr/bin/{name} -m venv" in done.stdout


def test_a_file_that_differs_from_the_manifest_is_named(bundle: Path, tmp_path: Path) -> None:
    (bundle / "program" / "app.py").write_text("spoilt")
    done = installed(bundle, tmp_path / "place")
    assert done.returncode == 1
    assert "program/app.py: FAILED" in done.stderr
    assert "清单" in done.stderr
    assert "manifest" in done.stderr


@pytest.mark.parametrize(
    ("targets", "reason"),
    [
        ("riscv64 3.11", ("这台机器是", "this machine is")),
        (f"{platform.machine()} 2.7", ("要 Python 2.7", "Python 2.7 is needed")),
    ],
)
def test_another_machine_or_python_is_refused_in_words(
    bundle: Path, tmp_path: Path, targets: str, reason: tuple[str, str]
) -> None:
    (bundle / "TARGETS").write_text(targets + "\n")
    write_manifest(bundle)
    done = installed(bundle, tmp_path / "place")
    assert done.returncode == 1
    assert all(words in done.stderr for words in reason)


def test_a_store_does_not_move_by_being_named_anew(bundle: Path, tmp_path: Path) -> None:
    config = tmp_path / "place" / "config"
    config.mkdir(parents=True)
    (config / "board.env").write_text("BOARD_STORE=/elsewhere\n")
    done = installed(bundle, tmp_path / "place")
    assert done.returncode == 1
    assert "/elsewhere" in done.stderr


def test_a_path_that_units_could_not_name_is_refused(bundle: Path, tmp_path: Path) -> None:
    done = installed(bundle, tmp_path / "a place")
    assert done.returncode == 1
    assert "a place" in done.stderr


def test_there_is_no_way_back_before_an_upgrade(bundle: Path, tmp_path: Path) -> None:
    done = installed(bundle, tmp_path / "place", "--back")
    assert done.returncode == 1


def test_everything_a_file_leaves_open_is_filled_in() -> None:
    """@NAMES@ of units and commands are those that the installer replaces."""
    filled = set(re.findall(r"@[A-Z]+@", (DEPLOY / "install.sh").read_text("utf-8")))
    left = {
        path.name: names
        for path in [*(DEPLOY / "units").iterdir(), DEPLOY / "board", DEPLOY / "board-backup"]
        if (names := set(re.findall(r"@[A-Z]+@", path.read_text("utf-8"))) - filled)
    }
    assert left == {}


def test_units_start_commands_that_are_installed() -> None:
    for unit in (DEPLOY / "units").glob("*.service"):
        text = unit.read_text("utf-8")
        (command,) = re.findall(r"^ExecStart=@PREFIX@/bin/(\S+)", text, re.MULTILINE)
        assert (DEPLOY / command).is_file()
        assert "@HARDENING@" in text
        assert "User=@ACCOUNT@" in text


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="no shellcheck on this machine")
def test_the_scripts_please_shellcheck() -> None:
    done = subprocess.run(
        ["shellcheck", *map(str, SCRIPTS)], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_whole(script: Path) -> None:
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr


def test_the_sample_for_nginx_passes_on_what_the_board_goes_by() -> None:
    headers = dict(re.findall(r"proxy_set_header (\S+) +(\S+);", NGINX))
    assert headers["Host"] == "$http_host"
    assert headers["Upgrade"] == "$http_upgrade"
    assert "proxy_http_version 1.1;" in NGINX
    # The address of whoever asks, and how; in the form that the gate reads.
    values = {"$remote_addr": "10.1.2.3", "$scheme": "https"}
    sent = [
        (name.lower().encode(), str(values.get(value, value)).encode())
        for name, value in headers.items()
    ]
    scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": sent}
    assert told_by_proxy(scope, "for") == "10.1.2.3"
    assert told_by_proxy(scope, "proto") == "https"


@pytest.mark.parametrize("sample", [NGINX, CADDY], ids=["nginx", "Caddy"])
def test_samples_of_a_proxy_agree_with_how_the_board_is_served(sample: str) -> None:
    assert f"127.0.0.1:{CONFIGURED['server']['port']}" in sample
    (largest,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)m", sample, re.IGNORECASE)
    assert int(largest) == LARGEST_UPLOAD + 1  # the form around an upload
    assert CONFIGURED["server"]["maxUploadSize"] <= LARGEST_UPLOAD


def test_the_sample_of_settings_is_what_samples_of_a_proxy_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = (DEPLOY / "samples" / "secrets.toml").read_text("utf-8")
    secrets = tmp_path / "secrets.toml"
    monkeypatch.setenv("BOARD_SECRETS", str(secrets))
    secrets.write_text(sample)
    assert (settings().hosts, settings().proxy) == ((), False)
    secrets.write_text(re.sub(r"^# (hosts|proxy) =", r"\1 =", sample, flags=re.MULTILINE))
    (host,) = settings().hosts
    assert settings().proxy
    assert f"server_name {host};" in NGINX
    assert f"\n{host} {{" in CADDY
