"""Partitions that come and go while the project runs: their keys are kept in Prefect Variables.

Written by `migrate convert`; yours to edit.

    customers = DynamicPartitions("customers")
    customers.add(["acme", "globex"])
    customers.keys       # ("acme", "globex")

A Variable holds 5000 characters at most, so the keys are spread over `partitions_<name>_0`, `_1` and so
on. Two flows that add keys at the same moment may lose one: give them a concurrency limit of 1.

Upstream: https://docs.prefect.io/v3/concepts/variables
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from prefect.variables import Variable

from .partitions import Partitions

ROOM = 4500


@dataclass(frozen=True)
class DynamicPartitions(Partitions):
    """A set of keys that is added to and deleted from."""

    name: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys there are now, in the order they were added."""
        found: list[str] = []
        place = 0
        while (part := Variable.get(self._variable(place))) is not None:
            found += json.loads(part) if isinstance(part, str) else part
            place += 1
        return tuple(found)

    def add(self, keys: Iterable[str]) -> None:
        """Add keys; those that are there stay where they are."""
        self._write(list(dict.fromkeys([*self.keys, *keys])))

    def delete(self, *keys: str) -> None:
        """Delete keys; those that are not there are no error."""
        self._write([key for key in self.keys if key not in keys])

    def has(self, key: str) -> bool:
        """Whether there is such a key."""
        return key in self.keys

    def _variable(self, place: int) -> str:
        return f"partitions_{re.sub(r'[^a-z0-9_]+', '_', self.name.lower())}_{place}"

    def _write(self, keys: list[str]) -> None:
        parts: list[list[str]] = [[]]
        for key in keys:
            if len(json.dumps([*parts[-1], key])) > ROOM:
                parts.append([])
            parts[-1].append(key)
        for place, part in enumerate(parts):
            Variable.set(self._variable(place), json.dumps(part), overwrite=True)
        place = len(parts)
        while Variable.get(self._variable(place)) is not None:
            Variable.unset(self._variable(place))
            place += 1
