"""Events against the published JSON Schemas: `published_schema.py FOLDER EVENTS.jsonl`; exit code 1 if not.

FOLDER is `spec/` of a clone of OpenLineage's repository: `OpenLineage.json`, and `facets/*.json`. It is not
shipped with any Python package, and not copied here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource


def schemas_of(folder: Path) -> Registry[Any]:
    """All schemas of the folder, by the address they give themselves."""
    found = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.rglob("*.json"))]
    known = [s for s in found if isinstance(s, dict) and "$id" in s]
    return Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in known)


def problems_of(event: dict[str, Any], registry: Registry[Any]) -> Iterator[str]:
    """What is wrong with one event: as an event, and each of its facets by the name and schema it claims."""
    # a facet's schema says under which name it stands
    named = [(url.partition("#")[0], {name: content}) for url, name, content in _facets(event)]
    for address, content in [(event["schemaURL"], event), *named]:
        schema = {"$ref": address}
        validator = Draft202012Validator(
            schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for error in validator.iter_errors(content):
            yield f"{address} {error.json_path}: {error.message[:200]}"


def _facets(value: Any, name: str = "") -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, dict):
        if "_schemaURL" in value:
            yield value["_schemaURL"], name, value
        for key, inner in value.items():
            yield from _facets(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _facets(inner)


def main(folder: Path, file: Path) -> int:
    """Print every problem and the count."""
    registry = schemas_of(folder)
    events = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found = [f"event {n}: {p}" for n, event in enumerate(events, 1) for p in problems_of(event, registry)]
    facets = sum(1 for event in events for _ in _facets(event))
    print("\n".join([*found[:50], f"{len(events)} events, {facets} facets, {len(found)} problems"]))
    return 1 if found or not events else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
