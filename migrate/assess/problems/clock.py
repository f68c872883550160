"""Nondeterminism by the clock: `current_timestamp`, `now()`, `datetime.now()` in models, assets and ops.

`time.time()` and counters are left alone: they measure. A column that migration.toml ignores is no finding.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate.assess.facts import Facts, dotted
from migrate.assess.finding import Evidence, Problem

SQL = re.compile(
    r"\b(?:(current_timestamp|current_date|localtimestamp|getdate|sysdate|run_started_at)\b|(now|today|get_current_timestamp)\s*\()",
    re.IGNORECASE,
)
PYTHON = re.compile(r"(^|\.)(datetime|date|dt|pendulum|Timestamp)\.(now|today|utcnow)$|^(now|utcnow)$")


def _find(facts: Facts) -> Iterator[Evidence]:
    for sql in facts.sql():
        for found in SQL.finditer(sql.text):
            yield Evidence(sql.file, sql.line(found.start()), f"{sql.name}: {found[1] or found[2]}")
    for reached in facts.reached:
        for node in (n for n in ast.walk(reached.node) if isinstance(n, ast.Call)):
            name = dotted(node.func)
            if PYTHON.search(name):
                yield Evidence(reached.module.file, node.lineno, f"{reached.node.name}: {name}()")


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Values are read from the clock",
    means="Two runs of the same code differ in these values; where a row's content hangs on today, a year "
    "that is run again is another year.",
    lifts="Pass the moment as a parameter, or name the column in [[outputs.ignore]] of migration.toml with"
    " a reason.",
    find=_find,
    hours=(0.25, 1),
)
