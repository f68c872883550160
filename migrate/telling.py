"""What `migrate convert` prints, from what conversion.json says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from migrate.reading.dbt import find_project

MOST_NAMED = 5
DONE = ("converted", "adapted", "dropped", "bridged")
DEPLOYS = "prefect.yaml"
OF_THE_FILES = ("source_sha256", "files")
"""What conversion.json says of files; `--json` leaves it out."""


def print_conversion(record: Mapping[str, Any], root: Path, out: Path, json_wanted: bool) -> None:
    """What became of the constructs of the tree at `root`, and what needs a person; or conversion.json."""
    if json_wanted:
        shown = {name: value for name, value in record.items() if name not in OF_THE_FILES}
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    counts = ", ".join(f"{count} {word}" for word, count in record["summary"].items())
    click.echo(f"{len(record['constructs'])} constructs: {counts}")
    _print_manual(record)
    for unread in record["unread_arguments"]:
        click.echo(f"  unread {unread['file']}:{unread['line']} {unread['construct']}({unread['argument']}=)")
    for finding in record["findings"]:
        click.echo(f"  dbt {finding['file']}:{finding['line']} {finding['message']}")
        if told := saving(finding, root):
            click.echo(f"    {told}")
    _print_unconverted(record)
    click.echo(f"{len(record['files'])} files in {out}, and {out / 'conversion.json'}")
    for line in what_next(record, out):
        click.echo(line)


def what_next(record: Mapping[str, Any], out: Path) -> list[str]:
    """How much is done, how much needs a person, and the commands that come after a conversion."""
    counts = record["summary"]
    done = sum(counts.get(word, 0) for word in DONE)
    needs, unread = counts.get("manual", 0), len(record["errors"])
    raising = "each raises in the target until it is written, with its place and what to do"
    lines = [f"{done} converted, {needs} need you" + (f": named above; {raising}." if needs else ".")]
    if unread:
        files = "1 file is" if unread == 1 else f"{unread} files are"
        lines.append(f"{files} not in the target, for the reason above: mend it and convert again.")
    folders = sorted({Path(file).parent.as_posix() for file in record["files"] if Path(file).name == DEPLOYS})
    if folders:
        more = f" (and in {', '.join(folders[1:])})" if len(folders) > 1 else ""
        lines.append(
            "Next: `migrate init` and `migrate verify`, which compare it with what Dagster loads; then"
        )
        lines.append(f"      `prefect deploy --all` in {(out / folders[0]).as_posix()}{more}.")
    return lines


def print_needed(record: Mapping[str, Any], strict: bool) -> None:
    """On standard error why a check fails though nothing would change: errors, and `strict` manual places."""
    if strict:
        _print_manual(record, err=True)
    _print_unconverted(record, err=True)


def _print_manual(record: Mapping[str, Any], err: bool = False) -> None:
    for entry in record["constructs"]:
        if entry["disposition"] == "manual":
            place = f"{entry['file']}:{entry['line']}"
            word = click.style("manual", fg="yellow")
            click.echo(f"  {word} {place} {entry['kind']} {entry['name']}: {entry['note']}", err=err)


def _print_unconverted(record: Mapping[str, Any], err: bool = False) -> None:
    """Files that could not be read, and notebooks, which nobody reads."""
    for problem in record["errors"]:
        word = click.style("error", fg="red")
        click.echo(f"  {word} {problem['file']}:{problem['line']} {problem['message']}", err=err)
    notebooks = [note["file"] for note in record["notes"] if note["file"].endswith(".ipynb")]
    if notebooks:
        more = f" and {len(notebooks) - MOST_NAMED} more" if len(notebooks) > MOST_NAMED else ""
        names = ", ".join(notebooks[:MOST_NAMED])
        click.echo(f"  note: notebooks are not converted: {names}{more}", err=err)


def saving(found: Mapping[str, Any], root: Path) -> str:
    """What fewer calls would save the legacy, by dbt's own record of how long it read the project.

    Empty where there is nothing to save, or no record. It is a record of this machine: it is printed, and
    stands in no file.
    """
    less = found.get("before", 0) - found.get("after", 0)
    folder = find_project(root)
    record = folder / "target" / "perf_info.json" if folder else None
    if found["finding"] != "batching" or less <= 0 or record is None or not record.is_file():
        return ""
    try:
        seconds = float(json.loads(record.read_text(encoding="utf-8"))["load_all_elapsed"])
    except (ValueError, KeyError, TypeError):
        return ""
    name = record.relative_to(folder.parent).as_posix() if folder else ""
    return (
        f"dbt last took {seconds:.1f} s to read this project ({name}), which a process does at each start: "
        f"{less} starts fewer save the legacy up to {less * seconds:.1f} s, and what dbt's imports take"
    )
