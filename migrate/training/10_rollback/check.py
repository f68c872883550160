"""After the learner's commands: who runs what, and is it on record why?"""

import json
import subprocess
import tomllib


def check(learner):
    file = learner.folder / "rollback.sh"
    learner.require(file.is_file(), "rollback.sh is not there")
    done = subprocess.run(
        ["sh", "rollback.sh"], cwd=learner.folder, capture_output=True, text=True, timeout=100
    )
    said = (done.stderr.strip() or done.stdout.strip())[-400:]
    learner.require(done.returncode == 0, f"rollback.sh ended with exit code {done.returncode}: {said}")
    log = learner.folder / "routing.log.jsonl"
    learner.require(
        log.is_file(), "TODO 1: nothing was moved: routing.log.jsonl has no line. `migrate rollback report …`"
    )
    moves = [json.loads(line) for line in log.read_text().splitlines()]
    routes = tomllib.loads((learner.folder / "routing.toml").read_text())["routes"]
    states = {key: routes.get(key, routes.get("*")) for key in learner.dagster["assets"]}
    learner.require(states["report"] != "prefect", "TODO 1: Prefect's `report` still counts")
    learner.require(
        states["stock"] == "prefect", "`stock` was fine and nobody needs it back: roll back `report` only"
    )
    for upstream in ("revenue", "orders"):
        learner.require(
            states[upstream] == "shadow", f"Dagster's `report` cannot be made without `{upstream}`"
        )
    learner.require(
        states["report"] == "dagster",
        f"TODO 2: `report` is in state {states['report']}, it should be dagster",
    )
    for move in moves:
        learner.require(len(move["why"].split()) > 2, f"{move['why']!r} tells nobody why: write a sentence")
