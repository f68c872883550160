"""Paths of one person's machine in code and settings: `/home/…`, `/Users/…`, `C:\\Users\\…`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem

HOME = re.compile(r"""["'\s=:](/(?:home|Users)/\w[\w.-]*/[\w./-]+|[A-Z]:\\\\?Users\\\\?\w+)""")
READ = (".py", ".yml", ".yaml", ".toml", ".sql", ".cfg", ".ini", ".sh")
USUAL = ("/home/runner", "/home/user/", "/Users/you", "/home/app", "/home/dagster", "/home/airflow")


def _find(facts: Facts) -> Iterator[Evidence]:
    for part in facts.parts:
        for file in part.model.project.files:
            if file.path.endswith(READ) and file.role != "skip":
                text = (part.model.project.root / file.path).read_text(encoding="utf-8", errors="replace")
                for number, line in enumerate(text.splitlines(), 1):
                    found = HOME.search(line)
                    if found and not found[1].startswith(USUAL) and not line.lstrip().startswith("#"):
                        yield Evidence(file.path, number, found[1])


PROBLEM = Problem(
    heading="operations",
    weight="condition",
    title="Paths of one person's machine are written into the project",
    means="It runs on that machine alone; two sides side by side would share the file.",
    lifts="Take the path from the environment, or make it relative to the project.",
    find=_find,
    hours=(0.1, 0.5),
)
