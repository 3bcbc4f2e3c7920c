"""The operator's settings: host names, providers, and the options of Streamlit."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from board.i18n import N_, Message
from board.serve.providers import Provider, SettingsError, providers

__all__ = ["Settings", "SettingsError", "settings", "unsafe_options"]

PROJECT = Path(__file__).resolve().parent.parent.parent
NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")  # A host's name or address, without a port.
SECRETS = PROJECT / ".streamlit" / "secrets.toml"


@dataclass(frozen=True)
class Settings:
    """The table `board` of secrets.toml: `hosts` other than this machine, `providers` by key.

    `proxy` says that a proxy on this machine states in X-Forwarded-For and -Proto who asks and how.
    """

    hosts: tuple[str, ...] = ()
    proxy: bool = False
    providers: dict[str, Provider] = field(default_factory=dict, hash=False)


def settings() -> Settings:
    """The settings in secrets.toml, or in the file named by BOARD_SECRETS; empty without a file.

    Raises SettingsError when the file can't be read or a setting is not valid.
    """
    path = Path(os.environ.get("BOARD_SECRETS") or SECRETS)
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text("utf-8")).get("board", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: {error}") from None
    hosts = content.get("hosts", [])
    if not isinstance(hosts, list) or not all(
        isinstance(host, str) and NAME.fullmatch(host.lower()) for host in hosts
    ):
        raise SettingsError(f'{path.name}: [board] hosts = ["board.example.cn"]')
    proxy = content.get("proxy", False)
    if not isinstance(proxy, bool):
        raise SettingsError(f"{path.name}: [board] proxy = true")
    offered = providers(content.get("providers", {}))
    return Settings(tuple(host.lower() for host in hosts), proxy, offered)


# The values that options of Streamlit must have, as written in its file, and why.
RULES = {
    "server.headless": ("true", N_("服务器上不能弹出浏览器")),
    "server.enableXsrfProtection": ("true", N_("上传要防跨站请求")),
    "server.fileWatcherType": ("none", N_("运行中不能改程序")),
    "server.enableStaticServing": ("false", N_("文件夹不能对外")),
    "client.showErrorDetails": ("none", N_("错误里可能有个人信息")),
    "client.showErrorLinks": ("false", N_("不能连到外网")),
    "client.toolbarMode": ("minimal", N_("读者不用开发菜单")),
    "browser.gatherUsageStats": ("false", N_("不向外报告")),
    "runner.postScriptGC": ("false", N_("否则每次操作慢 55–140 毫秒")),
}
LARGEST_UPLOAD = 20  # MB of an upload


def unsafe_options() -> list[tuple[str, Message]]:
    """The options with an unsafe value, each with the reason why it is unsafe."""
    import streamlit as st

    differences = [
        (option, Message(why))
        for option, (wanted, why) in RULES.items()
        if str(st.get_option(option)).lower() != wanted
    ]
    if st.get_option("server.maxUploadSize") > LARGEST_UPLOAD:
        why = Message(N_("上传不超过 {n} MB"), {"n": LARGEST_UPLOAD})
        differences.append(("server.maxUploadSize", why))
    return differences
