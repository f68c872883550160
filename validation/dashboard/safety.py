"""Who may ask: only this machine by its own name, or whoever holds the token; and only to read.

A page of another site that a browser has open could send requests here (DNS rebinding): the Host header tells
them apart. https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Host
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

COOKIE = "changeover_token"
METHODS = frozenset({"GET", "HEAD"})
NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Guard:
    """What may be asked for. `token` is empty on loopback, where nobody else can reach it."""

    token: str = ""

    def refused(self, method: str, headers: Mapping[str, str], query_token: str) -> tuple[int, str] | None:
        """Why a request is refused, as (status, words); None when it may be answered."""
        if method not in METHODS:
            return 405, "This is read-only: GET and HEAD."
        if not self.token and hostname(headers.get("host", "")) not in NAMES:
            return 421, "This answers to localhost only."
        if self.token and not self._known(headers, query_token):
            return 401, "Add ?token=… to the address: the command that started this dashboard printed it."
        if (
            headers.get("sec-fetch-site", "none") == "cross-site"
            and headers.get("sec-fetch-mode") != "navigate"
        ):
            return 403, "Another site may link here, and not more."
        return None

    def _known(self, headers: Mapping[str, str], query_token: str) -> bool:
        cookie = SimpleCookie()
        cookie.load(headers.get("cookie", ""))
        given = query_token or (cookie[COOKIE].value if COOKIE in cookie else "")
        return hmac.compare_digest(given.encode(), self.token.encode())


def hostname(host: str) -> str:
    """The name in a Host header, without its port; empty when it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_loopback(address: str) -> bool:
    """Whether nobody but this machine can reach an address to bind to."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def headers(policy: str) -> dict[str, str]:
    """What every answer carries. https://owasp.org/www-project-secure-headers/"""
    return {
        "content-security-policy": f"{policy}; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }
