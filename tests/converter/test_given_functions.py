"""What a schedule that is given its functions asks for at a tick: Dagster's answers, and the target's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert

BEFORE = Path(__file__).parents[1] / "rules" / "schedule" / "given_functions" / "before.py"
TICKS = ("2024-01-01T00:30:00+00:00", "2024-03-02T23:30:00+00:00", "2024-03-04T06:00:00+00:00")
ASK = """
import importlib.util, json, sys
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

def loaded(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

old, new = loaded(sys.argv[1], "old"), loaded(sys.argv[2] + "/code.py", "new")
from dagster import build_schedule_context
from prefect_support.sensors import SkipReason, parameters_of

@dataclass
class At:
    scheduled_execution_time: datetime

def said(answer):
    found = list(answer) if not isinstance(answer, (SkipReason, new.RunRequest)) else [answer]
    return [one.message if isinstance(one, SkipReason) else [one.parameters, one.tags] for one in found]

out = []
for name in ("configured", "asked", "freely", "monthly", "again"):
    schedule = getattr(old, name)
    for tick in map(datetime.fromisoformat, sys.argv[3:]):
        due = tick.astimezone(ZoneInfo(schedule.execution_timezone or "UTC"))  # as the daemon does
        got = schedule.evaluate_tick(build_schedule_context(scheduled_execution_time=due))
        own = [
            [parameters_of(r.run_config), {k: v for k, v in r.tags.items() if not k.startswith("dagster/")}]
            for r in got.run_requests
        ] or [got.skip_message]
        out.append([name, own, said(getattr(new, f"_{name}")(At(tick)))])
print(json.dumps(out))
"""


@pytest.mark.real
def test_a_tick_asks_for_what_it_asked_for(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "code.py").write_bytes(BEFORE.read_bytes())
    for name, content in convert(tmp_path / "source").files.items():
        (tmp_path / "target" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "target" / name).write_bytes(content)
    line = [sys.executable, "-c", ASK, str(BEFORE), str(tmp_path / "target"), *TICKS]
    quiet = {"DAGSTER_DISABLE_TELEMETRY": "yes", "PREFECT_HOME": str(tmp_path), "HOME": str(tmp_path)}
    environ = {**os.environ, **quiet, "DO_NOT_TRACK": "1", "PYTHONPATH": str(tmp_path / "target")}
    done = subprocess.run(line, env=environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answers: list[tuple[str, Any, Any]] = json.loads(done.stdout.splitlines()[-1])
    assert len(answers) == 5 * len(TICKS)
    assert [(name, new) for name, _, new in answers] == [(name, old) for name, old, _ in answers]
    assert {type(old[0]) for _, old, _ in answers} == {str, list}
