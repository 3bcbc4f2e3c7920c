"""`python -m deploy.bundle`: build the folder that installs the board on a machine without a network.

The program comes from the files that git tracks, or from a commit of it (`--commit`); the wheels of
requirements.txt, and pip itself, from the package index; the font from the system's packages.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY = Path(__file__).resolve().parent
# What runs the board; a trailing slash names a folder.
PROGRAM = (
    "board/", "data/", "locale/", "pages/", "queries/", "app.py", ".streamlit/config.toml",
    "requirements.txt", "pyproject.toml", "README.md", "CHANGELOG.md", "docs/",
)  # fmt: skip
LEFT_OUT = "docs/pictures/"
# What is copied beside the program as it stands.
CARRIED = ("install.sh", "先读我-README.md", "board", "board-backup", "units", "samples")
MACHINES, PYTHONS = ("x86_64", "aarch64"), ("3.11", "3.12", "3.13")
# Wheels for this glibc (2018) and older run on every system with Python 3.11 that still gets updates.
GLIBC = 28
FONT = "fonts-wqy-microhei"
MANIFEST = "MANIFEST.sha256"


class BundleError(Exception):
    """Why no bundle can be made, in both languages."""


def main(arguments: list[str] | None = None) -> int:
    """Build the bundle and print where it is; returns 1 where it can't be built."""
    choices = options(arguments)
    try:
        folder = build(choices)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}  {size // 2**20} MiB")
    return 0


def options(arguments: list[str] | None) -> argparse.Namespace:
    """The command line's options."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bundle", description=__doc__)
    parser.add_argument("--out", type=Path, default=PROJECT / "dist")
    parser.add_argument("--commit", help="the program of this commit instead of the files here")
    parser.add_argument("--machine", nargs="+", default=MACHINES, choices=MACHINES)
    parser.add_argument("--python", nargs="+", default=PYTHONS, metavar="3.N")
    parser.add_argument("--no-font", action="store_true")
    parser.add_argument("--wheels", type=Path, help="wheels downloaded before, to look in first")
    return parser.parse_args(arguments)


def build(choices: argparse.Namespace) -> Path:
    """Make the bundle's folder anew under `choices.out`; returns it.

    It gets its name only once it is whole. Raises BundleError where git or the wheels fail.
    """
    choices.out.mkdir(parents=True, exist_ok=True)
    version = version_of(choices.commit)
    folder: Path = choices.out / f"board-{version}"
    with tempfile.TemporaryDirectory(dir=choices.out, prefix=".making-") as made:
        work = Path(made) / folder.name
        lay_out(work, version, choices.commit)
        fetch_wheels(work, choices)
        fetch_font(work / "fonts", wanted=not choices.no_font)
        write_manifest(work)
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
    return folder


def lay_out(work: Path, version: str, commit: str | None = None) -> None:
    """Make the bundle's folder with all that needs no network: program, installer, samples."""
    (work / "program").mkdir(parents=True)
    copy_program(work / "program", commit)
    for name in CARRIED:
        copy = shutil.copytree if (DEPLOY / name).is_dir() else shutil.copy
        copy(DEPLOY / name, work / name)
    (work / "VERSION").write_text(version + "\n")


def git(*words: str) -> bytes:
    """What git answers in the project; BundleError where it fails."""
    try:
        return subprocess.run(
            ["git", "-C", PROJECT, *words], check=True, capture_output=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        why = getattr(error, "stderr", b"").decode(errors="replace").strip() or error
        raise BundleError(f"需要 git 和它的历史 / git and its history are needed: {why}") from None


def version_of(commit: str | None) -> str:
    """The version of pyproject.toml with the day and number of the commit: 0.1.0-20261130-f516ced.

    `-changed` follows where tracked files differ from the commit.
    """
    at = commit or "HEAD"
    day, number = git("log", "-1", "--format=%cd %h", "--date=format:%Y%m%d", at).decode().split()
    changed = "" if commit or not git("status", "--porcelain", "-uno").strip() else "-changed"
    try:
        content = git("show", f"{at}:pyproject.toml").decode()
        version = tomllib.loads(content)["project"]["version"]
    except (BundleError, KeyError):  # A commit before the project had a version.
        version = "0"
    return f"{version}-{day}-{number}{changed}"


def copy_program(to: Path, commit: str | None) -> None:
    """Copy the tracked files that the program consists of, here or in a commit."""
    if commit is None:
        for name in git("ls-files", "-z", "--", *PROGRAM).decode().split("\0"):
            if name and not name.startswith(LEFT_OUT) and (PROJECT / name).exists():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, to / name)
        return
    tracked = git("ls-tree", "-r", "-z", "--name-only", commit, "--", *PROGRAM).decode().split("\0")
    names = [name for name in tracked if name and not name.startswith(LEFT_OUT)]
    packed = git("archive", "--format=tar", commit, "--", *names)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(to, filter="data")


def requirements_for(pinned: str, machine: str, python: str) -> list[str]:
    """The lines of a requirements file that hold for Linux with this machine and Python."""
    target = {
        "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix",
        "platform_machine": machine, "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "python_version": python,
        "python_full_version": f"{python}.0", "extra": "",
    }  # fmt: skip
    lines = [line.split("  #")[0].strip() for line in pinned.splitlines()]
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return [
        f"{requirement.name}{requirement.specifier}"
        for requirement in wanted
        if requirement.marker is None or requirement.marker.evaluate(target)
    ]


def fetch_wheels(work: Path, choices: argparse.Namespace) -> None:
    """Put wheels into `wheels/`, and write into TARGETS the pairs of machine and Python they are for.

    What has no wheel is said, and its target left out; BundleError where no target is left.
    """
    pinned = (work / "program" / "requirements.txt").read_text("utf-8")
    complete = []
    for python in choices.python:
        for machine in choices.machine:
            wanted = ["pip", *requirements_for(pinned, machine, python)]
            missing = download(wanted, work / "wheels", machine, python, choices.wheels)
            if missing:
                names = "、".join(missing)
                print(f"没有 wheel / no wheel for {machine}, Python {python}: {names}", flush=True)
            else:
                complete.append(f"{machine} {python}")
    if not complete:
        raise BundleError("一套完整的 wheel 也没有 / no complete set of wheels")
    (work / "TARGETS").write_text("\n".join(complete) + "\n")


def download(
    wanted: list[str], to: Path, machine: str, python: str, near: Path | None = None
) -> list[str]:
    """Download wheels for Linux; returns the requirements that have none, each tried by itself."""
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(GLIBC, 4, -1)]
    tags += [f"{name}_{machine}" for name in ("manylinux2014", "manylinux2010", "manylinux1")]
    words = [
        sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps",
        "--only-binary=:all:", "--implementation", "cp", "--python-version", python,
        *(word for tag in tags for word in ("--platform", tag)), "--dest", os.fspath(to),
        *(("--find-links", os.fspath(near)) if near else ()),
    ]  # fmt: skip
    if subprocess.run([*words, *wanted], check=False, stderr=subprocess.DEVNULL).returncode == 0:
        return []
    return [
        one
        for one in wanted
        if subprocess.run([*words, one], check=False, stderr=subprocess.DEVNULL).returncode != 0
    ]


def fetch_font(to: Path, *, wanted: bool) -> None:
    """Put a Chinese font with its licence into `to`, from Debian's package where apt can fetch it.

    Only a screen that shows the board needs one, never the server; without it README.txt says so.
    """
    to.mkdir()
    with tempfile.TemporaryDirectory() as work:
        try:
            if not wanted:
                raise FileNotFoundError
            for words in (
                ["apt-get", "download", "-qq", FONT],
                ["sh", "-c", "dpkg-deb -x *.deb ."],
            ):
                subprocess.run(words, cwd=work, check=True, capture_output=True)
            fonts = sorted(Path(work).glob("usr/share/fonts/**/*.tt[cf]"))
            copyright_ = Path(work) / "usr/share/doc" / FONT / "copyright"
            for path in fonts:
                shutil.copy(path, to / path.name)
            shutil.copy(copyright_, to / "LICENSE.txt")
            state = f"{FONT}: {', '.join(path.name for path in fonts)}; LICENSE.txt"
        except (OSError, subprocess.CalledProcessError):
            state = "这里没有带字体 / no font came along"
            if wanted:
                print(state, flush=True)
    (to / "README.txt").write_text(f"{state}\n{(DEPLOY / 'fonts.txt').read_text('utf-8')}")


def write_manifest(work: Path) -> None:
    """Write the SHA-256 of every file of the bundle, as `sha256sum -c` reads them."""
    paths = sorted(path for path in work.rglob("*") if path.is_file() and path.name != MANIFEST)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(work).as_posix()}\n"
        for path in paths
    ]
    (work / MANIFEST).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
