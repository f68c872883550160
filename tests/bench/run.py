"""`make bench`: ratios against a named floor or peer, measured side by side in one run.

Areas are the modules `area_<name>.py` beside this file; each has `measure(years, repeat) -> list[Row]`,
and may have `YEARS`, the years it measures unless others are asked for (the first one otherwise).
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from rich.console import Console
from row import Row, show, write

HERE = Path(__file__).parent
OUTPUT = HERE.parents[1] / "build" / "bench.json"


def main() -> int:
    """Measure the chosen areas, print their tables, write build/bench.json."""
    areas = sorted(path.stem.removeprefix("area_") for path in HERE.glob("area_*.py"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--area", action="append", choices=areas, help="only this one (may be repeated)")
    parser.add_argument("--years", default="", help="2025 or 2025-2030; default: each area's own")
    parser.add_argument("--repeat", type=int, default=1, help="interleaved repetitions; medians are shown")
    parser.add_argument("--subject", action="append", help="only this one (areas runtime, growth)")
    chosen = parser.parse_args()
    if chosen.subject and not set(chosen.area or areas) <= {"runtime", "growth"}:
        parser.error("--subject goes with --area runtime and --area growth")
    # a table that is read in a log is not cut to 80 columns
    console, rows = Console(width=None if sys.stdout.isatty() else 160), list[Row]()
    for area in chosen.area or areas:
        console.print(f"measuring {area} …")
        module = importlib.import_module(f"area_{area}")
        years = years_of(chosen.years or getattr(module, "YEARS", "2025"))
        subjects = {"subjects": chosen.subject} if chosen.subject else {}
        rows += module.measure(years, chosen.repeat, **subjects)
    show(rows, console)
    write(rows, OUTPUT)
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
