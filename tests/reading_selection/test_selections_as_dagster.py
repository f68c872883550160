"""What a selection means by reading is what Dagster itself resolves it to."""

from __future__ import annotations

import importlib.util
import warnings
from pathlib import Path
from typing import Any

import pytest

from migrate.model import Model
from migrate.reading.project import read
from migrate.reading.selected import Selected
from migrate.reading.selection import Selector
from migrate.rules import is_construct

CODE = Path(__file__).parent / "graph.py"


@pytest.fixture(scope="module")
def read_ones(tmp_path_factory: pytest.TempPathFactory) -> list[Selected]:
    folder = tmp_path_factory.mktemp("project")
    (folder / "graph.py").write_bytes(CODE.read_bytes())
    (project,) = [read(folder, is_construct)]
    model = Model(project)
    values = project.evaluator.of_module("graph", "SELECTIONS")
    selector = Selector(model)
    return [selector.resolve(value) for value in values]


@pytest.fixture(scope="module")
def loaded() -> Any:
    spec = importlib.util.spec_from_file_location("graph_of_selections", CODE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


def of_dagster(graph: Any, selection: Any) -> tuple[set[str], set[str]] | None:
    from dagster import AssetSelection

    try:
        chosen = AssetSelection.from_coercible(selection)
        keys = {key.to_user_string() for key in chosen.resolve(graph)}
        checks = chosen.resolve_checks(graph)
        return keys, {f"{check.name}|{check.asset_key.to_user_string()}:{check.name}" for check in checks}
    except Exception:  # every kind of refusal counts
        return None


@pytest.mark.real
@pytest.mark.filterwarnings("ignore")
def test_every_selection_means_what_dagster_says(read_ones: list[Selected], loaded: Any) -> None:
    graph = loaded.defs.resolve_asset_graph()
    wrong, refused = [], 0
    assert len(read_ones) == len(loaded.SELECTIONS) > 120
    for ours, selection in zip(read_ones, loaded.SELECTIONS, strict=True):
        theirs = of_dagster(graph, selection)
        refused += theirs is None
        if (None if ours.untold else (set(ours.keys), set(ours.checks))) != theirs:
            wrong.append((str(selection), ours, theirs))
    assert not wrong, "\n".join(f"{s}\n  read  {o}\n  loads {t}" for s, o, t in wrong)
    assert refused == 9
