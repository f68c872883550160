"""Which tables a table is made of: from a dbt manifest, or from a plain list.

https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate.errors import EvidenceError

MANIFEST = "manifest.json"
KINDS = ("model", "seed", "snapshot", "source")


@dataclass(frozen=True)
class Lineage:
    """`upstream` of each table by name (as parity names tables, in lower case); where it was read."""

    upstream: Mapping[str, frozenset[str]]
    source: str


def read_lineage(file: Path) -> Lineage:
    """Read a dbt manifest, or JSON of the form `{"table": ["upstream table", ...]}`.

    Raises:
        EvidenceError: the file is missing, or neither of both.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise EvidenceError(f"is no lineage: {problem}", file=file, remedy=REMEDY) from None
    if isinstance(found, dict) and isinstance(found.get("nodes"), dict):
        return Lineage(_manifest(found), file.name)
    if isinstance(found, dict) and all(isinstance(v, list) for v in found.values()):
        plain = {str(k).lower(): frozenset(str(u).lower() for u in v) for k, v in found.items()}
        return Lineage(plain, file.name)
    raise EvidenceError("is no lineage", file=file, remedy=REMEDY)


REMEDY = 'Give a dbt manifest.json, or JSON like {"table": ["upstream table"]}.'


def lineage_beside(side: Path | object) -> Lineage | None:
    """The lineage of the dbt project that a side of a dual run was made with; None if there is none."""
    if not isinstance(side, Path):
        return None
    for folder in list(side.absolute().parents)[:2]:
        for work in sorted(folder.glob("work")):
            for target in (work / "target", *sorted(work.glob("*/target"))):
                if (target / MANIFEST).is_file():
                    return read_lineage(target / MANIFEST)
    return None


def _manifest(found: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    nodes = {**found["nodes"], **found.get("sources", {})}
    names = {
        key: str(node.get("alias") or node.get("identifier") or node.get("name")).lower()
        for key, node in nodes.items()
        if node.get("resource_type") in KINDS
    }
    return {
        name: frozenset(names[up] for up in nodes[key].get("depends_on", {}).get("nodes", ()) if up in names)
        for key, name in names.items()
    }
