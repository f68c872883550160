"""A file that only calls methods of what other files define is one of Dagster's all the same."""

from __future__ import annotations

from pathlib import Path

from migrate.conversion import convert

GRAPH = """from dagster import graph, op


@op
def load() -> None: ...


@graph
def loading() -> None:
    load()
"""
JOB = 'from graphs import loading\n\nnightly = loading.to_job(name="nightly")\n'
PLAIN = "settings = {}\n\n\ndef read(source):\n    return source.configured(settings)\n"
DEFS = """from dagster import Definitions, ScheduleDefinition

from jobs import nightly

defs = Definitions(
    jobs=[nightly], schedules=[ScheduleDefinition(name="at_night", job=nightly, cron_schedule="0 1 * * *")]
)
"""


def test_a_job_of_a_graph_of_another_file_is_found(tmp_path: Path) -> None:
    project = tmp_path
    for name, text in {"graphs": GRAPH, "jobs": JOB, "plain": PLAIN, "definitions": DEFS}.items():
        (project / f"{name}.py").write_text(text)
    made = convert(project)
    assert '@flow(name="nightly"' in made.files["jobs.py"].decode()
    assert made.files["plain.py"].decode() == PLAIN
    assert "- name: at_night\n    entrypoint: jobs.py:nightly" in made.files["prefect.yaml"].decode()
    assert {e.construct.kind: type(e.outcome).__name__ for e in made.entries} == {
        "op": "Converted",
        "graph": "Converted",
        "to_job": "Converted",
        "Definitions": "Converted",
        "ScheduleDefinition": "Converted",
    }
