"""`python -m board.serve`: serve the board on this machine and say where."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from board import durable
from board.serve.gate import is_loopback
from board.serve.sample import settled

PROJECT = Path(__file__).resolve().parent.parent.parent

CLOSING = 3  # seconds given to open connections at the end


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 for wrong usage or a taken port."""
    os.chdir(PROJECT)  # where .streamlit/config.toml is looked for
    asked = options(arguments)
    if not is_loopback(asked.host):
        return refused(
            f"{asked.host}:看板还没有登录,只能在本机(127.0.0.1)打开。",
            "there is no sign-in yet, so the board opens on this machine only (127.0.0.1).",
        )
    if taken(asked.host, asked.port):
        return refused(
            f"{asked.host}:{asked.port} 已被占用。换一个端口:PORT=8600 make run",
            "the port is taken. Use another one: PORT=8600 make run",
        )
    root = durable.default_root()
    if (network := durable.dishonest_filesystem(root)) is not None:
        warned(
            f"台账库在 {network} 上:断电时可能丢失数据,请放在本机磁盘上。",
            f"the store lies on {network}, which may lose data in a power cut: use a local disk.",
        )
    started = True
    with suppress(KeyboardInterrupt):
        if asked.sample and settled(root):
            warned("已收入示例数据。", "the invented settlement is in the store.")
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
    return parser.parse_args(arguments)


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
                print(f"看板已启动 / the board is at  http://{host}:{port}", flush=True)

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


def refused(chinese: str, english: str) -> int:
    """Say why in both languages; the exit code of wrong usage."""
    warned(chinese, english)
    return 2


def warned(chinese: str, english: str) -> None:
    """Say something to the terminal in both languages."""
    print(chinese, english, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
