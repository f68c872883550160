"""Prefect's asset keys as Dagster writes them."""

from __future__ import annotations

from typing import Any


def plain_key(key: Any) -> str:
    """An asset's key without its protocol."""
    return str(getattr(key, "key", key)).removeprefix("asset://")
