"""`python -m docsite.follow PAGE` types the shell blocks of a page, and stops where one answers otherwise.

Blocks run one after the other in one folder, as a reader would type them; what a block activates or sets
is there for the next one. Those that the page marks `not run` are shown and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docsite.blocks import shell


def follow(page: Path) -> int:
    """Exit code 0 when the page was followed to its end, else that of the block that stopped it."""
    with tempfile.TemporaryDirectory(prefix="follow-") as scratch:
        variables = Path(scratch) / "environment"
        for block in shell(page):
            print(f"\n=== {block.place}\n{block.text}", flush=True)
            begun = time.monotonic()
            before = f". {variables}\n" if variables.exists() else ""
            script = f"{before}set -e\n{block.text}export -p > {variables}\n"
            done = subprocess.run(["sh", "-c", script], env=os.environ)
            print(f"=== exit code {done.returncode}, {time.monotonic() - begun:.0f} s", flush=True)
            if done.returncode != block.exit_code:
                return done.returncode or 1
    print(f"\n{page.name}: followed to its end on Python {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(follow(Path(sys.argv[1])))
