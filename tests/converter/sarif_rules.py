"""What SARIF 2.1.0 asks of a log like ours, in our own words: `broken(log)` lists what does not hold.

The sections are those of the standard. The published JSON Schema is the judge of form:
`make sarif SCHEMA=file` holds a log against a copy of yours (it is in no Python package that is kept).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

LEVELS = {"none", "note", "warning", "error"}
VERSION = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?|\d+\.\d+\.\d+[a-z]+\d+")
URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})+")


def broken(log: dict[str, Any]) -> list[str]:
    """Every rule that a log breaks, with where."""
    return [
        *_log(log),
        *(
            problem
            for place, run in enumerate(log.get("runs") or ())
            for problem in _run(f"runs[{place}]", run)
        ),
    ]


def _log(log: dict[str, Any]) -> Iterator[str]:
    if log.get("version") != "2.1.0":  # 3.13.2
        yield "version is not 2.1.0"
    if not isinstance(log.get("runs"), list):  # 3.13.4
        yield "runs is no array"
    if not set(log) <= {"$schema", "version", "runs", "inlineExternalProperties", "properties"}:
        yield "the log has properties that the standard does not know"


def _run(place: str, run: dict[str, Any]) -> Iterator[str]:
    driver = run.get("tool", {}).get("driver", {})  # 3.14.6, 3.18.2
    if not driver.get("name"):  # 3.19.8
        yield f"{place}: the driver has no name"
    rules = driver.get("rules", [])
    ids = [rule.get("id") for rule in rules]
    if len(set(ids)) != len(ids) or not all(ids):  # 3.19.23, 3.49.3
        yield f"{place}: rules without an id of their own"
    for rule in rules:
        if rule.get("defaultConfiguration", {}).get("level", "warning") not in LEVELS:  # 3.50.3
            yield f"{place}: rule {rule.get('id')} has no known level"
        if not rule.get("shortDescription", {}).get("text", "x"):  # 3.12.3
            yield f"{place}: rule {rule.get('id')} is described by nothing"
    if run.get("columnKind", "utf16CodeUnits") not in ("utf16CodeUnits", "unicodeCodePoints"):  # 3.14.27
        yield f"{place}: unknown columnKind"
    bases = run.get("originalUriBaseIds", {})
    for name, base in bases.items():
        if "uri" in base and not base["uri"].endswith("/"):  # 3.14.14
            yield f"{place}: the base {name} does not end with a slash"
    if not isinstance(run.get("results"), list):  # 3.14.23: an empty one says that nothing was found
        yield f"{place}: results is no array"
    for number, result in enumerate(run.get("results") or ()):
        yield from _result(f"{place}.results[{number}]", result, ids, bases)


def _result(place: str, result: dict[str, Any], ids: list[str], bases: dict[str, Any]) -> Iterator[str]:
    if not result.get("message", {}).get("text") and not result.get("message", {}).get("id"):  # 3.27.11, 3.11
        yield f"{place}: no message"
    if result.get("level", "warning") not in LEVELS:  # 3.27.10
        yield f"{place}: unknown level"
    index = result.get("ruleIndex", -1)  # 3.27.6
    if not isinstance(index, int) or index >= len(ids) or (index >= 0 and ids[index] != result.get("ruleId")):
        yield f"{place}: ruleIndex leads to another rule"
    for location in result.get("locations", []):
        yield from _physical(place, location.get("physicalLocation", {}), bases)


def _physical(place: str, physical: dict[str, Any], bases: dict[str, Any]) -> Iterator[str]:
    artifact, region = physical.get("artifactLocation", {}), physical.get("region", {})
    if not artifact and "address" not in physical:  # 3.29.2
        yield f"{place}: a location that is nowhere"
    uri = artifact.get("uri", "")
    if uri and not URI.fullmatch(uri):  # 3.4.3, RFC 3986
        yield f"{place}: {uri!r} is no URI"
    base = artifact.get("uriBaseId")
    if base is not None and (base not in bases or uri.startswith("/") or ":" in uri.split("/")[0]):  # 3.4.4
        yield f"{place}: {uri!r} is not relative to {base}"
    if region and not (isinstance(region.get("startLine"), int) and region["startLine"] >= 1):  # 3.30.5
        yield f"{place}: a region that starts on no line"
