"""Runs the Prefect probe once a target, in a fork each, so that Prefect is imported once for all of them.

python probe_many.py FLOW OUT ROOT...      writes OUT/<name of the root>.json
"""

import os
import sys
from pathlib import Path

from shims.foreign.prefect_probe.main import main

flow, out, *roots = sys.argv[1:]

running: set[int] = set()
for root in roots:
    if len(running) == 2:
        running.discard(os.wait()[0])
    child = os.fork()
    if child == 0:
        file = Path(out) / f"{Path(root).name}.json"
        os._exit(main(["--root", root, "--flow", flow, "--out", str(file)]))
    running.add(child)
while running:
    running.discard(os.wait()[0])
