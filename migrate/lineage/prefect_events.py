"""`prefect.asset.*` events, asked from a Prefect server: who made what after the move, without Prefect Cloud.

Upstream: https://docs.prefect.io/v3/api-ref/rest-api/server/events/read-events
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from migrate.errors import EvidenceError
from migrate.lineage.graph import Made

PAGE = 50
"""The most a server gives at once; asked for more it refuses."""
MADE = "prefect.asset.materialization."
SECONDS = 30.0


def asked(url: str) -> Iterator[Made]:
    """All materializations that a Prefect server remembers.

    Args:
        url: its API, e.g. `http://127.0.0.1:4200/api`.

    Raises:
        EvidenceError: it does not answer, or not as a Prefect 3 server does.
    """
    if not url.startswith(("http://", "https://")):
        raise EvidenceError(
            "this is no address of a Prefect API", file=url, remedy="Such as http://127.0.0.1:4200/api."
        )
    body = {"filter": {"event": {"prefix": [MADE]}}, "limit": PAGE}
    page = _ask(f"{url.rstrip('/')}/events/filter", body)
    while True:
        for event in page.get("events", ()):
            yield of_event(event)
        following = page.get("next_page")
        if not following:
            return
        page = _ask(following, None)


def _ask(url: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - http only, see asked()
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the same
            found: dict[str, Any] = json.load(answer)
            return found
    except (URLError, OSError, ValueError) as problem:
        raise EvidenceError(
            f"the Prefect server does not tell its events: {problem}",
            file=url,
            remedy="Is it running, and is this its API (…/api)?",
        ) from None


def of_event(event: Mapping[str, Any]) -> Made:
    """One `prefect.asset.materialization.*` event as a record of who made what."""
    resource = event.get("resource") or {}
    related = {r.get("prefect.resource.role"): r for r in event.get("related") or ()}
    flow_run = str((related.get("flow-run") or {}).get("prefect.resource.id", "")).rpartition(".")[2]
    key = str(resource.get("prefect.resource.id", ""))
    payload = event.get("payload") or {}
    rows = payload.get("rows")
    return Made(
        run=flow_run,
        node=key.partition("://")[2] or key,
        side="prefect",
        year=_year(related),
        started="",
        finished=str(event.get("occurred", "")),
        ok=str(event.get("event", "")) == f"{MADE}succeeded",
        run_id=flow_run,
        rows=rows if isinstance(rows, int) else None,
        told_by="prefect.asset event",
    )


def _year(related: Mapping[Any, Mapping[str, Any]]) -> int | None:
    """The year a flow run was tagged with (`changeover.year=2025`)."""
    for found in related.values():
        tag = str(found.get("prefect.resource.id", "")).rpartition("changeover.year=")[2]
        if tag.isdigit():
            return int(tag)
    return None
