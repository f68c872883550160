"""The name of the object that holds the value of an asset.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from .io import IOContext


def object_path(prefix: str, context: IOContext) -> str:
    """`prefix/marts/orders/2026-01-01`; the keys of several dimensions are folders of their own."""
    partition = context.partition_key.split("|") if context.has_partition_key else []
    return "/".join([part for part in prefix.split("/") if part] + [*context.asset_key.path, *partition])
