"""Facts about assets that are told while a task runs, as Prefect events.

Written by `migrate convert`; yours to edit.

    observed("asset://raw/orders", {"rows": 12})
    materialized("asset://report", {"path": "report.html"})

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect.events import emit_event

from .validations import plain, run_logger


def materialized(
    asset: str, metadata: Mapping[str, Any] | None = None, description: str | None = None
) -> None:
    """An asset was made, by something that is no task of its own."""
    _tell("prefect.asset.materialization.succeeded", asset, metadata, description)


def observed(asset: str, metadata: Mapping[str, Any] | None = None, description: str | None = None) -> None:
    """Something was seen of an asset that is made elsewhere."""
    _tell("prefect.asset.observed", asset, metadata, description)


def expected(
    success: bool,
    label: str | None = None,
    description: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> None:
    """An expectation was met or not: a line in the log, which changes nothing else."""
    facts = {key: plain(value) for key, value in (metadata or {}).items()}
    line = f"expectation {label or 'unnamed'} {'met' if success else 'not met'}: {description or ''} {facts}"
    (run_logger().info if success else run_logger().warning)(line)


def _tell(event: str, asset: str, metadata: Mapping[str, Any] | None, description: str | None) -> None:
    facts = {key: plain(value) for key, value in (metadata or {}).items()}
    payload = {**({"description": description} if description else {}), **facts}
    run_logger().info("%s %s %s", event, asset, facts)
    emit_event(event, resource={"prefect.resource.id": str(asset)}, payload=payload)
