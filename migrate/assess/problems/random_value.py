"""Nondeterminism by chance: uuid and random numbers without a seed, in models, assets and ops."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate.assess.facts import Facts, blanked, dotted
from migrate.assess.finding import Evidence, Problem

SQL = re.compile(r"\b(gen_random_uuid|uuid_string|generate_uuid|newid|uuid|random|rand)\s*\(", re.IGNORECASE)
PYTHON = re.compile(
    r"^(uuid\.)?uuid[14]$|^random\.(random|randint|choice|choices|shuffle|sample|uniform|gauss)$"
    r"|^(np|numpy)\.random\.(rand|randn|randint|choice|random|normal|uniform|shuffle|permutation)$"
)
UNSEEDED = ("default_rng", "RandomState", "Random")
SEEDS = ("random.seed", "np.random.seed", "numpy.random.seed")


def _find(facts: Facts) -> Iterator[Evidence]:
    for sql in facts.sql():
        for found in SQL.finditer(sql.text):
            yield Evidence(sql.file, sql.line(found.start()), f"{sql.name}: {found[1]}()")
    for project in facts.subject.dbt_projects:
        for file, raw in project.macros.items():
            text = blanked(raw)
            for found in SQL.finditer(text):
                yield Evidence(file, text.count("\n", 0, found.start()) + 1, f"macro: {found[1]}()")
    for reached in facts.reached:
        calls = [(n, dotted(n.func)) for n in ast.walk(reached.node) if isinstance(n, ast.Call)]
        if not any(name in SEEDS for _, name in calls):
            for node, name in calls:
                bare = name.rpartition(".")[2] in UNSEEDED and not node.args and not node.keywords
                if PYTHON.match(name) or bare:
                    yield Evidence(reached.module.file, node.lineno, f"{reached.node.name}: {name}()")


PROBLEM = Problem(
    heading="years",
    weight="fix first",
    title="Values are made by chance, without a seed",
    means="Two runs of the same code differ, so no comparison can tell a defect of the move from noise, "
    "and a year that is run again is another year.",
    lifts="Derive the value from what it belongs to (a digest of the key and the seed), or draw from a "
    "seeded source.",
    find=_find,
    hours=(1, 4),
)
