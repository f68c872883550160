"""Writes docs/parity-matrix.md: every kind of difference of tests/parity, and what each peer says of it.

Run by `make parity-matrix`. Our own column is also checked by tests/parity/test_parity_matrix_page.py.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import ModuleType

import duckdb
from peers import PEERS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "parity-matrix.md"
CASES = ROOT / "tests" / "parity" / "test_parity_matrix.py"
HEAD = """# Kinds of difference, and who sees them

Made by `make parity-matrix` from the cases of `tests/parity/test_parity_matrix.py`; a test compares the
column of changeover with what it says now. Each comparison is the one that `make bench` times, without
settings: datacompy on polars by key (by all columns where there is none), `EXCEPT` both ways in DuckDB,
pandas' outer merge on all columns with its indicator, polars' anti-joins on all columns both ways.

*found*: a difference, and it is told. *missed*: a difference, taken for none. *quiet*: no difference, none
told. *false alarm*: no difference, one told. *fails*: it raised an error, and compared nothing. What counts
as a difference is a rule of [parity.md](parity.md); some peers hold other rules on purpose.

"""


def load(file: Path) -> ModuleType:
    """A module by its path."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def said(peer: str, folder: Path, case: object) -> str:
    """What one comparison says of one case, in two databases of its own."""
    files = []
    for side in ("left", "right"):
        file = folder / side / "x.duckdb"
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        with duckdb.connect(file) as connection:
            connection.execute(getattr(case, side))
        files.append(file)
    equal = case.expect["verdict"] == "equal"  # type: ignore[attr-defined]
    key = ["id"] if "id INTEGER PRIMARY KEY" in case.left or "PRIMARY KEY (id)" in case.left else []  # type: ignore[attr-defined]
    try:
        differs = PEERS[peer](files[0], files[1], "t", key)
    except KeyboardInterrupt:
        raise
    except BaseException:  # polars' panics are no Exception
        return "fails"
    return ("false alarm" if differs else "quiet") if equal else ("found" if differs else "missed")


def main() -> int:
    """Write the page; the last line of output counts what changeover says."""
    cases = load(CASES).CASES
    lines, counts = [], {peer: Counter[str]() for peer in PEERS}
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            words = [said(peer, Path(folder), case) for peer in PEERS]
            for peer, word in zip(PEERS, words, strict=True):
                counts[peer][word] += 1
            name = case.name.replace("|", "\\|")
            lines.append(f"| {name} | {' | '.join(words)} |")
    kinds = ("found", "missed", "quiet", "false alarm", "fails")
    total = ["| comparison | " + " | ".join(kinds) + " |", "|---|" + "---:|" * len(kinds)]
    total += [f"| {peer} | " + " | ".join(str(c[k]) for k in kinds) + " |" for peer, c in counts.items()]
    table = ["| kind | " + " | ".join(PEERS) + " |", "|---|" + "---|" * len(PEERS), *lines]
    PAGE.write_text(HEAD + "\n".join([*total, "", *table]) + "\n", encoding="utf-8")
    print(f"{len(cases)} kinds; changeover: {dict(counts['changeover'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
