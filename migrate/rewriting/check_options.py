"""What is said of a check besides its verdict: tags that its task keeps, and what Prefect does not show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.rewriting import assets
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.layout import Item, Pair, listing
from migrate.rewriting.work import Work

NOTES = {
    "metadata": "Prefect shows no metadata of a check, only of its verdicts",
    "automation_condition": "it runs in the flows of its asset, and by no condition of its own",
    "pool": assets.POOL,
}
READ = frozenset({"metadata", "automation_condition", "compute_kind"})


def tag_items(work: Work, construct: Construct, scope: Mapping[str, Any]) -> list[Item]:
    """Its kind, tags and pool as the `tags` of its task."""
    tags = group_tags(work.model, work, construct, scope, "")
    return [Pair("tags", listing(tags))] if tags else []


def outcome(construct: Construct) -> Converted | Adapted:
    """What differs because of the arguments that have no counterpart."""
    notes = [note for name, note in NOTES.items() if construct.argument(name) is not None]
    return Adapted("; ".join(notes)) if notes else Converted()
