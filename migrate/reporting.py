"""What `migrate inventory` and `migrate convert` print."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from migrate.conversion import locations_found
from migrate.dbt_findings import recorded
from migrate.model import Model
from migrate.reading.constructs import Construct
from migrate.reading.project import read_part, survey
from migrate.reading.values import known
from migrate.rules import is_construct, registry, rule_for
from migrate.settling import settled
from migrate.telling import saving

"""Files named in a line of a summary."""


@contextmanager
def reading(shown: bool) -> Iterator[Callable[[str], None] | None]:
    """A progress line while files are read; only on a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield None
        return
    with console.status("reading") as status:
        yield lambda path: status.update(f"reading {path}")


def inventory_of(
    root: Path, progress: Callable[[str], None] | None = None, modules: Sequence[str] = ()
) -> dict[str, Any]:
    """The inventory of a tree, as `--json` prints it."""
    registry()  # plugins tell which other names count as Dagster's
    tree = survey(root, modules)
    names = ("locations", "constructs", "dbt_calls", "findings", "errors", "skipped")
    found: dict[str, list[Any]] = {name: [] for name in names}
    for part in tree.parts:
        project = read_part(root, part, is_construct, progress)
        model = settled(project)
        if project.python:
            found["locations"] += locations_found(model)
        found["constructs"] += [_row(model, c) for c in project.constructs.values()]
        for name, told in zip(("dbt_calls", "findings"), recorded(project), strict=True):
            found[name] += told
        found["errors"] += [{"file": p.file, "line": p.line, "message": p.message} for p in project.problems]
        found["skipped"] += [{"file": f.path, "note": f.note} for f in project.files if f.role == "skip"]
    found["skipped"] += [{"file": lost.split(" ")[0], "note": lost} for lost in tree.lost]
    counts = Counter(str(r["kind"]) for r in found["constructs"])
    return {"schema": 1, "summary": dict(sorted(counts.items())), **found}


def _row(model: Model, construct: Construct) -> dict[str, Any]:
    unit = model.unit_of(construct)
    return {
        "kind": construct.kind,
        "name": construct.name,
        "key": unit.keys[0] if unit and len(unit.keys) == 1 else "",
        "keys": list(unit.keys) if unit else [],
        "deps": list(unit.upstream) if unit else [],
        "file": construct.file,
        "line": construct.line,
        "deployed": model.is_deployed(construct),
        "instances": len(model.instances.get(construct.place, ())),
        "rule": getattr(rule_for(construct.path, base=construct.shape == "class"), "name", ""),
        "arguments": {a.name: _shown(model, construct, a.name, a.node) for a in construct.arguments},
    }


def _shown(model: Model, construct: Any, name: str, node: Any) -> Any:
    value = model.project.value(construct, name, int(name) if name.isdigit() else None)
    simple = isinstance(value, str | int | float | bool | list | dict | None)
    if simple and known(value):
        try:
            json.dumps(value)
        except TypeError:
            pass
        else:
            return value
    return model.project.file_of(construct).tree.code_for_node(node)


def print_inventory(found: dict[str, Any], root: Path, as_json: bool) -> None:
    """A table by file, or JSON, of what was found in the tree at `root`."""
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("Kind", "Name", "Keys", "Needs", "Place", ""):
        table.add_column(title, overflow="fold")
    for row in found["constructs"]:
        keys = row["key"] or (f"{len(row['keys'])} keys" if row["keys"] else "")
        state = "" if row["deployed"] else "undeployed"
        times = f" ×{row['instances']}" if row["instances"] > 1 else ""
        needs = ", ".join(row["deps"][:3]) + (" …" if len(row["deps"]) > 3 else "")
        table.add_row(row["kind"], row["name"] + times, keys, needs, f"{row['file']}:{row['line']}", state)
    console = Console()
    console.print(table)
    counts = ", ".join(f"{count} {kind}" for kind, count in found["summary"].items())
    console.print(f"\n{len(found['constructs'])} constructs: {counts}", highlight=False)
    for finding in found["findings"]:
        console.print(f"dbt, {finding['file']}:{finding['line']}: {finding['message']}", highlight=False)
        if told := saving(finding, root):
            console.print(f"  {told}", highlight=False)
    for problem in found["errors"]:
        console.print(f"[red]{problem['file']}:{problem['line']}[/red] {problem['message']}", highlight=False)
