"""Runs the Prefect probe once a target, in a fork each, so that Prefect is imported once for all of them.

python probe_many.py PROBE FLOW OUT ROOT...      writes OUT/<name of the root>.json
"""

import importlib.util
import os
import sys
from pathlib import Path

probe, flow, out, *roots = sys.argv[1:]
spec = importlib.util.spec_from_file_location("prefect_probe", probe)
module = importlib.util.module_from_spec(spec)
sys.modules["prefect_probe"] = module
spec.loader.exec_module(module)

running: set[int] = set()
for root in roots:
    if len(running) == 2:
        running.discard(os.wait()[0])
    child = os.fork()
    if child == 0:
        file = Path(out) / f"{Path(root).name}.json"
        os._exit(module.main(["--root", root, "--flow", flow, "--out", str(file)]))
    running.add(child)
while running:
    running.discard(os.wait()[0])
