"""What Find knows: every asset, table, check and run by name, as one script loaded when needed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from validation.dashboard.names import piece
from validation.dashboard.page import Page
from validation.dashboard.pages.checks import all_checks
from validation.dashboard.pages.lineage import graph
from validation.dashboard.pages.parity import compared, parity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"data/search\.js")


def addresses(site: Site) -> Iterator[str]:
    """One."""
    yield "data/search.js"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """(kind, name, address) of everything that has a page."""
    found = [("page", name.title(), f"{name}.html") for name in ("lineage", "parity", "runs", "checks")]
    found += [("asset", node.id, f"assets/{piece(node.id)}.html") for node in graph(site).nodes.values()]
    for run in compared(site)[:1]:
        names = [table.name for table in parity_of(site, run).tables]
        found += [("table", name, f"parity/{piece(run.id)}/{piece(name)}.html") for name in names]
    found += [("run", run.id, f"runs/{piece(run.id)}.html") for run in site.runs()]
    found += [("check", h.name, f"assets/{piece(h.asset)}.html#checks") for h in all_checks(site)]
    return Page(
        "data/search.js", "", "", data=script("changeoverSearch", found), content_type="text/javascript"
    )


def script(name: str, value: object) -> bytes:
    """A value as a script that sets one global name: a page in a folder may not fetch JSON."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return f"globalThis.{name}={text};\n".encode()
