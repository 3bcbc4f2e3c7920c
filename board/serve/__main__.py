"""`python -m board.serve`: serve the board on this machine and say where."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from board import storage
from board.access import LOCAL_DEPARTMENT, LOCAL_ROLE, Role
from board.accounts import Accounts
from board.i18n import N_, Message
from board.journal import Journal, condition, refusal
from board.serve.local import is_loopback
from board.serve.sample import fill_with_sample
from board.serve.settings import Settings, SettingsError, settings, unsafe_options

PROJECT = Path(__file__).resolve().parent.parent.parent

SAMPLE_NOTE = "示例数据"  # the note of every batch of the sample begins with it
CLOSE_SECONDS = 3  # how long open connections may take to end when the server stops

PORT_IN_USE = N_("{host}:{port} 已被占用。换一个端口:PORT=8600 make run")
NETWORK_DISK = N_("台账库在 {network} 上:断电时可能丢失数据,请放在本机磁盘上。")
UNSAFE = N_("设置 {option} 不安全:{why}。见 .streamlit/config.toml")
OPEN_TO_THE_PROXY = N_(
    "secrets.toml 的 hosts 里有 {names},可是还没有账号,也没有统一身份:经代理来的人不登录就"
    "能看。先去掉 hosts,在本机启动并建第一个管理员(python -m board.serve --accounts),"
    "或者写好统一身份;再把 hosts 写回来。见 docs/sign-in.md"
)
NO_ACCOUNT = N_(
    "{host}:还没有账号,看板只能在本机(127.0.0.1)打开。先在本机建第一个管理员:"
    "python -m board.serve --accounts"
)
ROLE_FORBIDDEN = N_("ROLE 只能在本机、还没有账号时用;现在要登录才能看。")
FIRST_TOKEN = N_("还没有账号。要让大家登录,打开 {where} 建第一个管理员,一次性口令:{token}")


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted, then end the process. Returns 2 for wrong usage or a port in use."""
    os.chdir(PROJECT)  # Streamlit looks for .streamlit/config.toml here
    choices = options(arguments)
    try:
        configured = settings()
    except SettingsError as error:
        return refuse(Message(N_("设置读不懂:{error}"), {"error": error}))
    root = storage.default_root()
    if (why := reason_not_to_start(choices, configured, root)) is not None:
        return refuse(why)
    if port_in_use(choices.host, choices.port):
        return refuse(Message(PORT_IN_USE, {"host": choices.host, "port": choices.port}))
    if (network := storage.dishonest_filesystem(root)) is not None:
        warn(Message(NETWORK_DISK, {"network": network}))
    started = True
    with suppress(KeyboardInterrupt):
        if choices.sample and fill_with_sample(root):
            warn(Message(N_("已收入示例数据。")))
        print_first_token(choices, root)
        with temporary_files(root):
            started = serve(choices.host, choices.port)
    # A normal exit would stop threads that still run a page inside native code, and the process
    # would abort. Exiting at once is safe: a load is stored completely or not at all.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if started else 1)


@contextmanager
def temporary_files(root: Path) -> Iterator[None]:
    """Have libraries put temporary files, such as a large upload, into the store.

    They go when the server ends, or with the next writer where it was killed.
    """
    with ExitStack() as stack:
        # On a full disk the board shows what it can.
        with suppress(storage.RefusedError), storage.refusing_disk_faults():
            storage.prepare(root)
            tempfile.tempdir = str(stack.enter_context(storage.staging(root)))
        yield


def options(arguments: list[str] | None) -> argparse.Namespace:
    """The command line's options; host and port default to those of .streamlit/config.toml."""
    import streamlit as st

    parser = argparse.ArgumentParser(prog="python -m board.serve", description=__doc__)
    parser.add_argument("--host", default=st.get_option("server.address"))
    parser.add_argument("--port", type=int, default=st.get_option("server.port"))
    parser.add_argument(
        "--sample", action="store_true", help="fill an empty store with the invented settlement"
    )
    parser.add_argument(
        "--role",
        choices=[*Role],
        help="show the board on this machine as that role, while nobody signs in",
    )
    parser.add_argument("--department", default="", help="the department of that role")
    parser.add_argument(
        "--accounts", action="store_true", help="print the token that makes the first administrator"
    )
    return parser.parse_args(arguments)


def reason_not_to_start(
    choices: argparse.Namespace, configured: Settings, root: Path
) -> Message | None:
    """Why the board must not start like this; None when it may start."""
    for option, why in unsafe_options():
        return Message(UNSAFE, {"option": option, "why": why})
    if damages := condition(root).damages:
        return refusal(damages).message
    signs_in = bool(configured.providers) or Accounts(root).any()
    if configured.hosts and not signs_in:
        return Message(OPEN_TO_THE_PROXY, {"names": "、".join(configured.hosts)})
    if not signs_in and not is_loopback(choices.host):
        return Message(NO_ACCOUNT, {"host": choices.host})
    if choices.role and (signs_in or not is_loopback(choices.host)):
        return Message(ROLE_FORBIDDEN)
    if choices.role:
        os.environ[LOCAL_ROLE], os.environ[LOCAL_DEPARTMENT] = choices.role, choices.department
    return None


def print_first_token(choices: argparse.Namespace, root: Path) -> None:
    """Print the token for the first administrator, if asked to or once real ledgers are loaded."""
    accounts = Accounts(root)
    notes = [batch.note or "" for batch in Journal(root).batches() if batch.state == "live"]
    own = any(not note.startswith(SAMPLE_NOTE) for note in notes)
    if not accounts.any() and (choices.accounts or (own and not choices.role)):
        where, token = f"http://{choices.host}:{choices.port}/signin/new", accounts.first_token()
        warn(Message(FIRST_TOKEN, {"where": where, "token": token}))


def serve(host: str, port: int) -> bool:
    """Run uvicorn in this process until SIGINT or SIGTERM; returns whether it ever started.

    uvicorn must open the socket itself: on a socket passed to it, it never sets TCP_NODELAY,
    which costs 40 ms at every rerun.
    """
    import uvicorn

    from board.serve.application import application
    from board.serve.bounds import LARGEST_FRAME
    from board.serve.idle import Impatient

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started = Message(N_("看板已启动"))
                print(f"{started.zh} / {started.en}  http://{host}:{port}", flush=True)

    server = Server(
        uvicorn.Config(
            application(),
            host=host,
            port=port,
            http=Impatient,
            ws="websockets-sansio",
            ws_max_size=LARGEST_FRAME,
            ws_per_message_deflate=False,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=CLOSE_SECONDS,
        )
    )
    server.run()
    return server.started


def port_in_use(host: str, port: int) -> bool:
    """Whether another process already listens on this host and port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def refuse(why: Message) -> int:
    """Print the reason in both languages; returns the exit code of wrong usage."""
    warn(why)
    return 2


def warn(message: Message) -> None:
    """Print a message to stderr in both languages."""
    print(message.zh, message.en, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
