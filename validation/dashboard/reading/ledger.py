"""A ledger as far as it can be read: torn or foreign lines are counted, the others are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shims.ledger import Record

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Read:
    """The records in their order, and the numbers of the lines that are none."""

    records: tuple[Record, ...] = ()
    broken: tuple[int, ...] = ()

    @property
    def trouble(self) -> str:
        """What is wrong with the file, in words; empty when every line is a record."""
        if not self.broken:
            return ""
        several = f" and {len(self.broken) - 1} more lines are" if len(self.broken) > 1 else " is"
        return f"ledger.jsonl: line {self.broken[0]}{several} cut off or no record; the rest is shown"


def read_ledger(file: Path) -> Read:
    """Every record that can be read.

    Raises:
        OSError: the file cannot be opened.
    """
    records, broken = [], []
    for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            record = Record(str(value.pop("at")), str(value.pop("what")), str(value.pop("side")), value)
        except (ValueError, KeyError, AttributeError, TypeError):
            broken.append(number)
        else:
            records.append(record)
    return Read(tuple(records), tuple(broken))
