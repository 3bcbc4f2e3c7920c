"""`python -m board.serve`: serve the board on this machine and say where."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from board import storage
from board.access import LOCAL_DEPARTMENT, LOCAL_ROLE, Role
from board.accounts import Accounts
from board.i18n import N_, Message
from board.journal import Journal, condition, refusal
from board.serve.local import is_loopback
from board.serve.sample import settled
from board.serve.settings import Settings, SettingsError, settings, unsafe

PROJECT = Path(__file__).resolve().parent.parent.parent

INVENTED = "示例数据"
CLOSING = 3  # seconds given to open connections at the end


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 for wrong usage or a taken port."""
    os.chdir(PROJECT)  # where .streamlit/config.toml is looked for
    asked = options(arguments)
    try:
        said = settings()
    except SettingsError as error:
        return refused(Message(N_("设置读不懂:{error}"), {"error": error}))
    root = storage.default_root()
    if (why := forbidden(asked, said, root)) is not None:
        return refused(why)
    if taken(asked.host, asked.port):
        return refused(Message(TAKEN, {"host": asked.host, "port": asked.port}))
    if (network := storage.dishonest_filesystem(root)) is not None:
        warned(Message(DISHONEST, {"network": network}))
    started = True
    with suppress(KeyboardInterrupt):
        if asked.sample and settled(root):
            warned(Message(N_("已收入示例数据。")))
        invite(asked, root)
        started = serve(asked.host, asked.port)
    # Threads that still run a page would be cut off inside native code as Python takes itself
    # down, which ends in an abort. Nothing is left to do: every load is whole or not there.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if started else 1)


def options(arguments: list[str] | None) -> argparse.Namespace:
    """Host and port: as said on the command line, else as .streamlit/config.toml says."""
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


TAKEN = N_("{host}:{port} 已被占用。换一个端口:PORT=8600 make run")
DISHONEST = N_("台账库在 {network} 上:断电时可能丢失数据,请放在本机磁盘上。")
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
INVITATION = N_("还没有账号。要让大家登录,打开 {where} 建第一个管理员,一次性口令:{token}")


def forbidden(asked: argparse.Namespace, said: Settings, root: Path) -> Message | None:
    """Why the board must not start like this; none where it may."""
    for option, why in unsafe():
        return Message(UNSAFE, {"option": option, "why": why})
    if damages := condition(root).damages:
        return refusal(damages).message
    signs_in = bool(said.providers) or Accounts(root).any()
    if said.hosts and not signs_in:
        return Message(OPEN_TO_THE_PROXY, {"names": "、".join(said.hosts)})
    if not signs_in and not is_loopback(asked.host):
        return Message(NO_ACCOUNT, {"host": asked.host})
    if asked.role and (signs_in or not is_loopback(asked.host)):
        return Message(ROLE_FORBIDDEN)
    if asked.role:
        os.environ[LOCAL_ROLE], os.environ[LOCAL_DEPARTMENT] = asked.role, asked.department
    return None


def invite(asked: argparse.Namespace, root: Path) -> None:
    """Print the token that makes the first administrator, where people's own ledgers are in."""
    accounts = Accounts(root)
    notes = [batch.note or "" for batch in Journal(root).batches() if batch.state == "live"]
    own = any(not note.startswith(INVENTED) for note in notes)
    if not accounts.any() and (asked.accounts or (own and not asked.role)):
        where, token = f"http://{asked.host}:{asked.port}/signin/new", accounts.first_token()
        warned(Message(INVITATION, {"where": where, "token": token}))


def serve(host: str, port: int) -> bool:
    """Run uvicorn in this process until SIGINT or SIGTERM; whether it ever started.

    uvicorn opens the socket itself: one handed to it would never get TCP_NODELAY,
    which costs 40 ms at every rerun.
    """
    import uvicorn

    from board.serve.application import application

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                begun = Message(N_("看板已启动"))
                print(f"{begun.zh} / {begun.en}  http://{host}:{port}", flush=True)

    server = Server(
        uvicorn.Config(
            application(),
            host=host,
            port=port,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=CLOSING,
        )
    )
    server.run()
    return server.started


def taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def refused(why: Message) -> int:
    """Say why in both languages; the exit code of wrong usage."""
    warned(why)
    return 2


def warned(message: Message) -> None:
    """Say something to the terminal in both languages."""
    print(message.zh, message.en, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
