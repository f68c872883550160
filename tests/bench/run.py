"""`make bench`: ratios against a named floor or peer, measured side by side in one run.

Areas are the modules `area_<name>.py` beside this file; each has `measure(years, repeat) -> list[Row]`,
and may have `YEARS`, the years it measures unless others are asked for (the first one otherwise). Those of
`BY_SUBJECT` take minutes a subject: they say each run's figures as it ends, and `--keep FILE` writes them
down, so that the same command goes on where it was stopped. Figures are written after every area and span.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from kept_runs import KeptRuns
from rich.console import Console
from row import Row, show, write

HERE = Path(__file__).parent
OUTPUT = HERE.parents[1] / "build" / "bench.json"
BY_SUBJECT = ("parity", "runtime", "scale", "growth")
"""These take long, and come last."""


def main() -> int:
    """Measure the chosen areas, print their tables, write build/bench.json."""
    names = {path.stem.removeprefix("area_") for path in HERE.glob("area_*.py")}
    areas = [*sorted(names - {*BY_SUBJECT}), *BY_SUBJECT]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--area", action="append", choices=areas, help="only this one (may be repeated)")
    parser.add_argument(
        "--years", default="", help="2025, 2025-2030 or both, with a comma; default: each area's own"
    )
    parser.add_argument("--repeat", type=int, default=1, help="interleaved repetitions; medians are shown")
    parser.add_argument("--subject", action="append", help=f"only this one (areas {', '.join(BY_SUBJECT)})")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="go on from, and add to, the runs in FILE (same areas)"
    )
    chosen = parser.parse_args()
    if (chosen.subject or chosen.keep) and not set(chosen.area or areas) <= set(BY_SUBJECT):
        parser.error(f"--subject and --keep go with --area {', '.join(BY_SUBJECT)}")
    # a table that is read in a log is not cut to 80 columns
    console, rows = Console(width=None if sys.stdout.isatty() else 160), list[Row]()
    for area in chosen.area or areas:
        console.print(f"measuring {area} …")
        module = importlib.import_module(f"area_{area}")
        more = {"subjects": chosen.subject or (), "kept": KeptRuns(chosen.keep)} if area in BY_SUBJECT else {}
        for span in (chosen.years or getattr(module, "YEARS", "2025")).split(","):
            rows += module.measure(years_of(span), chosen.repeat, **more)
            write(rows, OUTPUT)
    show(rows, console)
    console.print(
        f"written: {OUTPUT.relative_to(Path.cwd()) if OUTPUT.is_relative_to(Path.cwd()) else OUTPUT}"
    )
    return 0


def years_of(words: str) -> tuple[int, ...]:
    """The years of `2025` or `2025-2030`."""
    first, _, last = words.partition("-")
    return tuple(range(int(first), int(last or first) + 1))


if __name__ == "__main__":
    sys.exit(main())
