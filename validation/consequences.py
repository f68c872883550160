"""Reasons as people read them: one cause, and a line for all that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validation.facts import naming

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def folded(reasons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The reasons of gate.json, those that follow from the same tables folded into one, at its first place.

    gate.json itself holds every one of them.
    """
    found: dict[object, Mapping[str, Any]] = {}
    tables: dict[object, list[str]] = {}
    for number, reason in enumerate(reasons):
        of = tuple(reason.get("follows") or ())
        place: object = (reason["gate"], of) if of else number
        found.setdefault(place, reason)
        tables.setdefault(place, []).append(reason["subject"].rpartition("/")[0])
    return [_fold(r, list(dict.fromkeys(tables[p]))) if r.get("follows") else r for p, r in found.items()]


def _fold(reason: Mapping[str, Any], tables: Sequence[str]) -> Mapping[str, Any]:
    number = len(tables)
    head = f"{number} consequence{'' if number == 1 else 's'}"
    verb = "differs" if number == 1 else "differ"
    message = f"{naming(tables)} {verb} because {naming(reason['follows'])} does"
    return {**reason, "subject": head, "message": message, "year": None}
