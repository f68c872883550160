"""Components of a project's own classes: written out with what YAML gives them, they mean what they meant."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.corpus import examine
from shims.corpus import graphs

CLASSES = '''
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import dagster as dg
from pydantic import Field

SUFFIX = "counted"


def place() -> str:
    return "pond"


class Bird(dg.Model, dg.Resolvable):
    name: str
    wild: bool = True
    deps: list[dg.ResolvedAssetKey] = []


class Flock(dg.Component, dg.Model, dg.Resolvable):
    """Counts birds."""

    birds: Sequence[Bird]
    group: Annotated[str | None, Field(default=None)]
    tags: dict[str, Any] = Field(default_factory=dict)
    cron: str | None = None

    @classmethod
    def get_additional_scope(cls) -> dict[str, Any]:
        return {"place": place}

    @property
    def label(self) -> str:
        return (self.group or "no") + SUFFIX

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        """One asset for each bird."""
        found = []
        loading = context
        for bird in self.birds:

            @dg.asset(
                key=dg.AssetKey([self.group or "none", bird.name]),
                group_name=self.group,
                tags=self.tags,
                deps=bird.deps,
            )
            def _one(context: dg.AssetExecutionContext) -> str:
                # counted by hand
                return self.counted(context, loading)

            found.append(_one)
        if self.cron:
            job = dg.define_asset_job(f"{self.group}_job", selection=found)
            schedule = dg.ScheduleDefinition(job=job, cron_schedule=self.cron)
            return dg.Definitions(assets=found, jobs=[job], schedules=[schedule])
        return dg.Definitions(assets=found)

    def counted(self, context: dg.AssetExecutionContext, load: dg.ComponentLoadContext) -> str:
        context.log.info("counting")
        return f"{self.label} in {load.path.name}"


@dataclass
class Given(dg.Component, dg.Resolvable):
    asset: dg.ResolvedAssetSpec
    file: str
    options: dict[str, str] = field(default_factory=dict)

    def build_defs(self, context):
        @dg.multi_asset(name=f"given_{'_'.join(self.asset.key.path)}", specs=[self.asset])
        def _given():
            options = {"mode": "w", **self.options}
            with open(os.path.join(context.path, self.file), options["mode"]) as out:
                out.write("given")

        return dg.Definitions(assets=[_given])
'''
FLOCK = """
type: shop.lib.Flock
attributes:
  group: "{{ place() }}"
  cron: "0 3 * * *"
  tags: {team: birds}
  birds:
    - name: ducks
    - name: geese
      deps: [pond/ducks, water]
---
type: shop.lib.Flock
attributes:
  birds:
    - name: swans
"""
GIVEN = """
type: shop.lib.Given
attributes:
  asset:
    key: water
    kinds: [rain]
    group_name: sky
    metadata: {from: "{{ env('NOWHERE_SAID', 'above') }}"}
  file: "{{ 'out.txt' if true else 'in.txt' }}"
"""
ROOT = """
from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""
SETTINGS = """
[project]
name = "shop"
[tool.dg]
directory_type = "project"
[tool.dg.project]
root_module = "shop"
"""


def project(root: Path, **yaml: str) -> Path:
    files = {
        "pyproject.toml": SETTINGS,
        "src/shop/__init__.py": "",
        "src/shop/lib/__init__.py": "from shop.lib.classes import Flock as Flock, Given as Given\n",
        "src/shop/lib/classes.py": CLASSES,
        "src/shop/defs/__init__.py": "",
        "src/shop/definitions.py": ROOT,
        **{f"src/shop/defs/{name}/defs.yaml": text for name, text in yaml.items()},
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(textwrap.dedent(text).lstrip())
    return root


@pytest.mark.real
def test_the_graph_is_dagsters(tmp_path: Path) -> None:
    """Keys, edges, groups, tags, jobs and schedules, compared where both sides load."""
    row = examine(project(tmp_path / "shop", flock=FLOCK, given=GIVEN), graphs)
    assert (row.crashes, row.broken, row.lost_keys, row.graph_faults) == ([], [], [], [])
    assert (row.graph, row.done) == ("equal", 1.0)


def test_what_is_written(tmp_path: Path) -> None:
    """Plain functions with the values in place, comments kept, nothing of the class."""
    result = convert(project(tmp_path / "shop", flock=FLOCK, given=GIVEN))
    flock = result.files["src/shop/defs/flock/defs.py"].decode()
    assert "# counted by hand" in flock
    assert "def flock_counted() -> str:" in flock
    assert 'f"{flock_label()} in {Path(__file__).parent.name}"' in flock
    assert "Flock" not in flock
    assert "self" not in flock
    given = result.files["src/shop/defs/given/defs.py"].decode()
    assert 'options = {"mode": "w", **{}}' in given
    assert "src/shop/lib/classes.py" in result.files  # SUFFIX and place() are asked of it
    assert b"class Flock" not in result.files["src/shop/lib/classes.py"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('group: "{{ place() }}"', 'group: "{{ other() }}"'), "the template other()"),
        (("name: ducks", "colour: ducks"), "colour"),
        (("type: shop.lib.Flock", "post_processing: {}\ntype: shop.lib.Flock"), "post_processing"),
    ],
)
def test_what_yaml_says_and_nobody_reads(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    result = convert(project(tmp_path / "shop", flock=FLOCK.replace(*change, 1)))
    notes = [c["note"] for c in as_json(result)["constructs"] if c["disposition"] == "manual"]
    assert any(reason in note for note in notes)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("load.path.name", "load.component_path", "context.component_path"),
        ('return f"{self.label} in', 'print(self)\n        return f"{self.label} in', "self handed on"),
        ("# counted by hand", "print(bird)", "a loop whose functions share its variable"),
        ("class Flock(dg.Component, ", "class Flock(dg.StateBackedComponent, ", "a class on top of"),
    ],
)
def test_what_a_class_does_that_only_running_tells(tmp_path: Path, old: str, new: str, reason: str) -> None:
    root = project(tmp_path / "shop", flock=FLOCK)
    library = root / "src/shop/lib/classes.py"
    library.write_text(library.read_text().replace(old, new, 1))
    notes = [c["note"] for c in as_json(convert(root))["constructs"] if c["disposition"] == "manual"]
    assert any(reason in note for note in notes), notes
