"""Which differences of two graphs a refusal of the conversion explains, and which nothing explains.

A refused construct is missing in the target by intent, with its reason and remedy in conversion.json.
The graphs still differ then; but a difference that no refusal explains is a wrong conversion, and that
is what somebody has to look for first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from migrate.difference import Difference, Dump, plain_name

Row = Mapping[str, Any]
"""A construct of conversion.json."""

OF_ASSETS = ("asset", "check", "partition", "retry", "group", "pool", "automation", "owner", "freshness")
BEGINS = ("{root}/", "{work}/")
"""What a probe's places begin with, where the copy of the project lay."""


def told(found: Iterable[Difference], dagster: Dump, constructs: Iterable[Row]) -> Iterator[Difference]:
    """The differences, each with the refused construct it comes from, if there is one.

    Args:
        found: what comparing both graphs gave.
        dagster: the dump of Dagster's side.
        constructs: those of conversion.json.
    """
    refusals = Refusals(dagster, [c for c in constructs if c["disposition"] == "manual"])
    for difference in found:
        row = None if difference.explained else refusals.behind(difference)
        yield replace(difference, refused=_text(row)) if row else difference


def _text(row: Row) -> str:
    remedy = f" {row['remedy']}" if row.get("remedy") else ""
    return f"{row['file']}:{row['line']}: {row['name']} is refused: {row['note']}.{remedy}"


class Refusals:
    """The refused constructs, by what they are called on Dagster's side."""

    def __init__(self, dagster: Dump, manual: Sequence[Row]) -> None:
        self._manual = manual
        self._names = {plain_name(row[n]): row for row in manual for n in ("name", "called") if row.get(n)}
        places = {(row["file"], row["line"]): row for row in manual}
        self._assets: dict[str, Row] = {row["key"]: row for row in manual if row["key"]}
        for asset in dagster["assets"]:
            row = places.get(_place(asset)) or self._names.get(plain_name(asset.get("step") or "-"))
            row = row or self._names.get(plain_name(asset["key"].rpartition("/")[2]))
            if row:
                self._assets.setdefault(asset["key"], row)
        self._read_by = {
            key: row
            for asset in dagster["assets"]
            if (row := self._assets.get(asset["key"]))
            for key in asset["deps"]
        }
        self._jobs = {plain_name(j["name"]): j for j in dagster["jobs"]}
        self._started = {plain_name(d["name"]): d for part in ("schedules", "sensors") for d in dagster[part]}

    def behind(self, difference: Difference) -> Row | None:
        """The refused construct that a difference comes from."""
        subject, _, rest = difference.key.partition(": ")
        if difference.what == "edge":
            above, _, below = difference.key.partition(" -> ")
            return self._assets.get(below) or self._assets.get(above)
        if difference.what in ("schedule", "sensor"):
            return self._named(subject) or self._starting(subject, difference.prefect)
        if difference.what in ("job", "config"):
            return self._job(subject, difference.prefect) or (self._part(rest) if rest else None)
        if difference.what in OF_ASSETS:
            return self._asset(difference)
        return self._named(subject.partition(".")[0])

    def _asset(self, difference: Difference) -> Row | None:
        key, _, check = difference.key.partition(":")
        row = self._assets.get(key) or (self._named(check) if check else None)
        read = difference.what == "asset" and difference.dagster == "source" and difference.prefect is None
        return row or (self._read_by.get(key) if read else None)

    def _named(self, name: str) -> Row | None:
        return self._names.get(plain_name(name))

    def _starting(self, name: str, prefect: Any) -> Row | None:
        """A schedule or sensor is not deployed where its job is refused."""
        job = self._started.get(plain_name(name), {}).get("job")
        return self._job(job, prefect) if job and prefect is None else None

    def _job(self, name: str, prefect: Any) -> Row | None:
        """A job that is refused, holds a refused op, or nothing but refused assets, or ends at a refusal."""
        if row := self._named(name):
            return row
        if isinstance(prefect, str) and "NotImplementedError" in prefect:
            return next((row for row in self._manual if str(row["file"]) in prefect), None)
        job = self._jobs.get(plain_name(name))
        if not job or prefect is not None:
            return None
        rows = [self._part(part) for part in _parts(job)]
        refused = [row for row in rows if row]
        return refused[0] if refused and (job["kind"] == "op" or len(refused) == len(rows)) else None

    def _part(self, name: str) -> Row | None:
        """What a job holds: an asset's key, or an op's path."""
        return self._assets.get(name) or self._named(name.partition(" ")[0].rpartition(".")[2])


def _parts(job: Dump) -> list[str]:
    steps = job.get("steps") or []
    return [*job["assets"], *(s["name"] if isinstance(s, Mapping) else s for s in steps)]


def _place(asset: Dump) -> tuple[str, int]:
    file, line = asset.get("place") or ("", 0)
    for begin in BEGINS:
        file = file.removeprefix(begin)
    return file, line
