"""Runs that a poll asks Dagster's instance for, only to know whether there are any."""

from __future__ import annotations

import re

import libcst as cst

from migrate.rewriting.aliases import asked_path
from migrate.rewriting.work import Frame

COUNTED = ("get_run_records", "get_runs")
KNOWN = ("filters", "limit")


def expect(frame: Frame, node: cst.Call) -> None:
    """Remember, on the way in, a call that the way out turns into one of `found_runs`."""
    names = [f"{frame.context}.instance.{name}" for name in COUNTED] if frame.context else []
    if asked_path(frame, node.func) in names and only_counted(frame, node):
        assert isinstance(node.func, cst.Attribute)
        frame.settled |= {id(node), id(node.func), id(node.func.value)}


def only_counted(frame: Frame, call: cst.Call) -> bool:
    """Whether nothing is asked of the runs themselves, which are Prefect's afterwards: only how many."""
    if any((arg.keyword.value if arg.keyword else "filters") not in KNOWN for arg in call.args):
        return False
    code, asked = _on_one_line(frame.function.body), _on_one_line(call).strip()
    assigned = re.search(rf"(\w+) = {re.escape(asked)} ", code)
    if assigned is None:
        return bool(re.search(rf"(\blen\(|\bbool\(|\bif (not )?){re.escape(asked)}", code))
    name = assigned.group(1)
    used = re.sub(rf"\b(len|bool)\({name}\)|\bif (not )?{name}:|\bnot {name}\b", "", code)
    return len(re.findall(rf"\b{name}\b", used)) == 1


def _on_one_line(node: cst.CSTNode) -> str:
    return re.sub(r"\s+", " ", cst.Module([]).code_for_node(node)).strip() + " "
