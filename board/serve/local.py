"""Whether a question comes from this machine itself, and no proxy handed it on."""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers
from starlette.types import Scope

# What proxies of every kind add to say for whom they ask.
HANDED_ON = re.compile(
    r"^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*"
    r"|x-envoy-.*|cf-.*|cdn-loop|true-client-ip|fastly-.*|x-proxy.*)$"
)


def is_local(scope: Scope, headers: Headers) -> bool:
    """Whether the question was asked on this machine, by no way round.

    Its sender's address is loopback and no header of a proxy stands in it. HTTP/1.0 is what
    proxies speak that add none, and no browser does.
    """
    peer = scope.get("client")
    return (
        peer is not None
        and is_loopback(peer[0])
        and scope.get("http_version", "1.1") != "1.0"
        and not any(HANDED_ON.match(name.lower()) for name in headers)
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
