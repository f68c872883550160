"""A deployment that an event starts is a sensor, wherever in its flow the event is taken up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from shims.foreign.prefect_probe.deployments import entrypoint_of, triggers

CODE = """from prefect import flow


class RunEnded: ...


def launch(name, decide, deployment): ...


@flow(name="ended")
def ended(run_id: str) -> int:
    return launch("ended", lambda _: RunEnded(run_id), deployment="report/report")


@flow(name="plain")
def plain(run_id: str) -> int:
    return launch("plain", lambda _: run_id, deployment="report/report")
"""


@pytest.mark.real
def test_an_event_taken_up_in_a_lambda(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    (tmp_path / "package_of_sensors").mkdir()
    (tmp_path / "package_of_sensors" / "__init__.py").write_text(CODE)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("package_of_sensors")

    def deployed(name: str) -> dict[str, Any]:
        place = f"package_of_sensors/__init__.py:{name}"
        return {"name": name, "entrypoint": place, "triggers": [{"type": "event", "enabled": True}]}

    try:
        assert entrypoint_of(deployed("ended")) == ("package_of_sensors", "ended")
        _, sensors = triggers([deployed("ended"), deployed("plain")], {"report": None})
        assert [(s["name"], s["job"], s["status"]) for s in sensors] == [("ended", "report", "RUNNING")]
    finally:
        del sys.modules["package_of_sensors"]
