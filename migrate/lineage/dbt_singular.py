"""dbt's singular tests: files that are one query each, and the one node each of them judges.

dbt does not say which one when a test reads several; Dagster then asks `meta.dagster.ref`, and makes no check
of a test without it. Here it is the same.

Upstream: https://docs.getdbt.com/docs/build/data-tests#singular-data-tests and
https://docs.dagster.io/integrations/libraries/dbt/reference#singular-tests
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from migrate.lineage.dbt_tests import DbtTest
from migrate.lineage.template_calls import constant_calls
from migrate.lineage.templates import Templates
from migrate.lineage.yaml_files import mappings, read_yaml

GENERIC = "generic"


def singular_tests(
    top: Path, files: list[Path], templates: Templates, shown: Callable[[Path], str]
) -> Iterator[tuple[str, DbtTest]]:
    """(name of the node, test) of every file that judges one node; a source is named `source.table`.

    Args:
        top: one of the project's test paths.
        files: the SQL files below it.
        templates: the project's Jinja.
        shown: how a file is named in findings.
    """
    said = dict(_properties(top))
    for path in files:
        if path.relative_to(top).parts[0] == GENERIC:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        _, asked = templates.render(text, path.stem)
        calls = constant_calls(templates.parse(text), text)
        read = {*asked.refs, *(c.words[-1] for c in calls if c.name == "ref" and c.words)}
        read |= {".".join(s) for s in asked.sources}
        read |= {".".join(c.words) for c in calls if c.name == "source" and len(c.words) == 2}
        config = {**said.get(path.stem, {}), **asked.config}
        judged = _named(config) or (next(iter(read)) if len(read) == 1 else "")
        if judged and config.get("enabled", True):
            yield judged, DbtTest(path.stem, "singular", file=shown(path), line=1)


def _properties(top: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What YAML beside the tests configures, by the test's name."""
    for path in sorted(p for p in top.rglob("*.y*ml") if p.suffix in (".yml", ".yaml")):
        for entry in mappings(read_yaml(path).get("data_tests")):
            config = entry.get("config")
            yield str(entry.get("name", "")), config if isinstance(config, dict) else {}


def _named(config: Mapping[str, Any]) -> str:
    found: Any = config
    for key in ("meta", "dagster", "ref", "name"):
        found = found.get(key) if isinstance(found, dict) else None
    return str(found or "")
