"""Models that hard-code a year: a year or date column compared with a year that is written out.

Seeds, comments, and values that come from a variable are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.assess.facts import Facts, blanked
from migrate.assess.finding import Evidence, Problem

JINJA = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
YEAR = re.compile(
    r"\b\w*(?:year|date|_at|period|month)\w*\b\"?\s*(?:=|<>|!=|<=|>=|<|>|\bin\s*\(|\bbetween\b)\s*(?:date\s*|timestamp\s*)?"
    r"['\"]?((?:19|20)\d\d)\b|\b((?:19|20)\d\d)\s+as\s+\w*year\w*",
    re.IGNORECASE,
)


def _find(facts: Facts) -> Iterator[Evidence]:
    for _, node in facts.models:
        text = JINJA.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), _without_comments(node.text))
        for found in YEAR.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Evidence(node.file, line, f"{node.name}: {' '.join(found[0].split())}")


def _without_comments(text: str) -> str:
    """Comments blanked; strings stay, since a date is one."""
    return blanked(text.replace("'", "\x00")).replace("\x00", "'")


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Models hard-code a year",
    means="Such a model gives the same for every simulated year, or nothing at all.",
    lifts="Use the year variable, or show that this year is part of the model's meaning.",
    find=_find,
    hours=(0.25, 1),
)
