"""`make dashboard-fixture DIR=project HOMES="…"`: what a real migration left, cut down.

It writes tests/dashboard/reference.json.xz. The reference was migrated through phase 1 (two dual runs, gate,
signed report, one group moved to shadow). Its phase 3 is a run of six years in whose Prefect database some
values were changed and some rows deleted afterwards, so that parity and gate found something.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

HERE = Path(__file__).parent
LINES = 300
"""Lines of a log that are kept, from its end."""


def main(root: Path, homes: list[str]) -> None:
    """Pack the files of a project that pages are made of."""
    state = root / ".changeover"
    files = [
        root / "migration.toml",
        root / "routing.toml",
        root / "routing.log.jsonl",
        root / "build/bench.json",
    ]
    files += [state / "graph.json", state / "equivalence.json", *sorted(state.glob("sign-off/phase-*/*"))]
    for run in sorted(state.glob("runs/*")):
        files += [run / name for name in ("run.json", "parity.json", "gate.json", "ledger.jsonl")]
        files += sorted(run.glob("*/logs/*.log"))
    packed = {}
    for file in files:
        if file.is_file() and file.suffix != ".pdf" and file.stat().st_size:
            packed[file.relative_to(root).as_posix()] = without(shortened(file), [f"{root}/", *homes])
    text = json.dumps(packed, ensure_ascii=False, sort_keys=True)
    target = HERE / "reference.json.xz"
    target.write_bytes(lzma.compress(text.encode(), preset=9))
    print(f"{target.name}: {len(packed)} files, {target.stat().st_size:,} bytes")


def without(text: str, homes: list[str]) -> str:
    """The text without the folders that its runs were made in."""
    for home in homes:
        text = text.replace(f"{home.rstrip('/')}/", "/project/")
    return text


def shortened(file: Path) -> str:
    """A file's text: the end of a log, a ledger without the proof that followed the run."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    if file.suffix == ".log":
        lines = lines[-LINES:]
    if file.name == "ledger.jsonl":
        lines = [line for line in lines if json.loads(line)["side"] != "parameters"]
    return "".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
