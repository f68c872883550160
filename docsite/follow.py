"""`python -m docsite.follow PAGE` types the shell blocks of a page, and stops where one answers otherwise.

It starts in a copy of the repository's files in a scratch folder, without environments and without what was
made before. Blocks run one after the other, as a reader would type them: folder, activated environment and
variables of one are there for the next, and `python3` is the interpreter this was started with. Only the
standard library is needed. Blocks that the page marks `not run` are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docsite.blocks import shell

REPOSITORY = Path(__file__).parents[1]


def checkout(folder: Path) -> Path:
    """What git keeps or would keep, as it is now, in `folder`/changeover."""
    line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(line, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        source, copy = REPOSITORY / name, folder / "changeover" / name
        if source.is_file():  # not one deleted since the last commit
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
    return folder / "changeover"


def surroundings(folder: Path) -> dict[str, str]:
    """Variables for the blocks: a `python3` that is this one, and nothing of an environment of ours."""
    python = folder / "bin" / "python3"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "PWD")}
    return {**kept, "PATH": os.pathsep.join([str(python.parent), os.environ["PATH"]])}


def follow(page: Path) -> int:
    """Exit code 0 when the page was followed to its end, else that of the block that stopped it."""
    with tempfile.TemporaryDirectory(prefix="follow-") as scratch:
        where, environment = checkout(Path(scratch)), surroundings(Path(scratch))
        variables, first = Path(scratch) / "variables", time.monotonic()
        for block in shell(page):
            print(f"\n=== {block.place}\n{block.text}", flush=True)
            begun = time.monotonic()
            before = f'. "{variables}"\ncd "$PWD"\n' if variables.exists() else ""
            script = f'{before}set -e\n{block.text}export -p > "{variables}"\n'
            done = subprocess.run(["sh", "-c", script], env=environment, cwd=where)
            print(f"=== exit code {done.returncode}, {time.monotonic() - begun:.0f} s", flush=True)
            if done.returncode != block.exit_code:
                return done.returncode or 1
    took = time.monotonic() - first
    print(f"\n{page.name}: followed to its end on Python {sys.version.split()[0]} in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(follow(Path(sys.argv[1])))
