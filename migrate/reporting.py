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
from migrate.conversion_record import as_json
from migrate.dbt_findings import recorded, saving
from migrate.model import Model
from migrate.reading.constructs import Construct
from migrate.reading.project import read_part, survey
from migrate.reading.values import known
from migrate.results import Conversion
from migrate.rules import is_construct, registry, rule_for
from migrate.settling import settled

MOST_NAMED = 5
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


def print_conversion(result: Conversion, root: Path, out: Path, json_wanted: bool) -> None:
    """What became of the constructs of the tree at `root`, and what needs a person; or conversion.json."""
    if json_wanted:
        click.echo(json.dumps(as_json(result), indent=2, ensure_ascii=False))
        return
    counts = ", ".join(f"{count} {word}" for word, count in result.summary.items())
    click.echo(f"{len(result.entries)} constructs: {counts}")
    _print_manual(result)
    for unread in result.unread:
        click.echo(f"  unread {unread['file']}:{unread['line']} {unread['construct']}({unread['argument']}=)")
    for finding in result.findings:
        click.echo(f"  dbt {finding['file']}:{finding['line']} {finding['message']}")
        if told := saving(finding, root):
            click.echo(f"    {told}")
    _print_unconverted(result)
    click.echo(f"{len(result.files)} files in {out}, and {out / 'conversion.json'}")


def print_needed(result: Conversion, strict: bool) -> None:
    """On standard error why a check fails though nothing would change: errors, and `strict` manual places."""
    if strict:
        _print_manual(result, err=True)
    _print_unconverted(result, err=True)


def _print_manual(result: Conversion, err: bool = False) -> None:
    for entry in as_json(result)["constructs"]:
        if entry["disposition"] == "manual":
            place = f"{entry['file']}:{entry['line']}"
            word = click.style("manual", fg="yellow")
            click.echo(f"  {word} {place} {entry['kind']} {entry['name']}: {entry['note']}", err=err)


def _print_unconverted(result: Conversion, err: bool = False) -> None:
    """Files that could not be read, and notebooks, which nobody reads."""
    for problem in result.errors:
        word = click.style("error", fg="red")
        click.echo(f"  {word} {problem.file}:{problem.line} {problem.message}", err=err)
    notebooks = [note["file"] for note in result.notes if note["file"].endswith(".ipynb")]
    if notebooks:
        more = f" and {len(notebooks) - MOST_NAMED} more" if len(notebooks) > MOST_NAMED else ""
        names = ", ".join(notebooks[:MOST_NAMED])
        click.echo(f"  note: notebooks are not converted: {names}{more}", err=err)
