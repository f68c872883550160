"""`migrate preflight`: what would keep a dual run from working."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrate.errors import CANNOT_SAY, NO, YES

if TYPE_CHECKING:
    from shims.preflight.run import Preflight


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("migration.toml"),
    show_default=True,
    help="The migration's settings.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")
def preflight(config: Path, as_json: bool) -> int:
    """Find what would keep a dual run from working, each with its remedy, before it starts.

    Reads both projects, imports each once in a copy (in its own interpreter), and looks at ports,
    locks and disk. Exit code: 0 nothing to mend, 1 problems, 2 a side could not be asked.
    """
    from migrate.config import load
    from shims.preflight.run import preflight as look

    found = look(load(config))
    click.echo(json.dumps(found.as_json(), indent=2) if as_json else _text(found))
    if found.unasked:
        return CANNOT_SAY
    return NO if found.problems else YES


def _text(found: Preflight) -> str:
    lines = []
    for side, versions in found.versions.items():
        lines.append(f"{side:8} {', '.join(f'{name} {version}' for name, version in versions.items())}")
    lines += [f"{side:8} could not be asked" for side in found.unasked]
    for finding in found.findings:
        where = f"{finding.place}: " if finding.place else ""
        side = f" ({finding.side} side)" if finding.side and not finding.place else ""
        lines.append(f"{finding.level}, {finding.area}: {where}{finding.cause}{side}")
        lines.append(f"    {finding.remedy}")
    problems = len(found.problems)
    lines.append(f"{problems} to mend, {len(found.findings) - problems} to know of")
    return "\n".join(lines)
