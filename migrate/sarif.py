"""What needs a person, as SARIF 2.1.0: code hosts show it at the lines of the source.

Upstream: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from migrate.conversion_record import as_json
from migrate.results import Conversion

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KINDS: Mapping[str, tuple[str, str]] = {
    "manual": ("error", "Dagster code that is not converted: the target raises there"),
    "bridged": ("warning", "Dagster code that Dagster still runs, behind a Prefect task"),
    "adapted": ("note", "Dagster code that runs in Prefect with a difference"),
    "unread": ("warning", "An argument that had no say in the conversion"),
    "unreadable": ("error", "A file that cannot be read or converted"),
}
"""Rule → SARIF level, and what it means."""


def sarif(result: Conversion) -> dict[str, Any]:
    """One run with a result for everything that needs a person; addresses are relative to the project."""
    driver = {
        "name": "changeover",
        "semanticVersion": version("changeover"),
        "rules": [
            {"id": name, "shortDescription": {"text": text}, "defaultConfiguration": {"level": level}}
            for name, (level, text) in KINDS.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder that was converted."}}},
        "results": list(_results(as_json(result))),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in record["constructs"]:
        if entry["disposition"] in KINDS:
            text = f"{entry['kind']} {entry['name']}: {entry['note']}. {entry.get('remedy', '')}".strip()
            yield _result(entry["disposition"], text, entry["file"], entry["line"])
    for unread in record["unread_arguments"]:
        text = f"{unread['construct']}({unread['argument']}=): {unread['reason']}."
        yield _result("unread", text, unread["file"], unread["line"])
    for problem in record["errors"]:
        yield _result("unreadable", problem["message"], problem["file"], problem["line"])


def _result(rule: str, text: str, file: str, line: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(file), "uriBaseId": "PROJECT"},
        "region": {"startLine": max(line, 1)},
    }
    return {
        "ruleId": rule,
        "ruleIndex": list(KINDS).index(rule),
        "level": KINDS[rule][0],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
