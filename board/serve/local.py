"""Whether a request comes directly from this machine, and not through a proxy."""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers
from starlette.types import Scope

# Headers that proxies add to name the original sender.
PROXY_HEADER = re.compile(
    r"^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*"
    r"|x-envoy-.*|cf-.*|cdn-loop|true-client-ip|fastly-.*|x-proxy.*)$"
)


def is_local(scope: Scope, headers: Headers) -> bool:
    """Whether the request was sent from this machine, and not through a proxy.

    Its sender's address must be loopback, and it must have no proxy header. HTTP/1.0 is refused:
    no browser uses it, but some proxies do that add no header.
    """
    peer = scope.get("client")
    return (
        peer is not None
        and is_loopback(peer[0])
        and scope.get("http_version", "1.1") != "1.0"
        and not any(PROXY_HEADER.match(name.lower()) for name in headers)
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
