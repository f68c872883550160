"""What YAML says of components is converted, or refused by its name; nothing of it is dropped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.model import Model
from migrate.reading.project import read
from migrate.reporting import inventory_of
from migrate.results import Conversion
from migrate.rules import is_construct

SETTINGS = '[project]\nname = "shop"\n[tool.dg.project]\nroot_module = "shop"\n'
ROOT = """from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""
SCRIPT = """type: dagster.PythonScriptComponent
attributes:
  execution:
    path: count.py
    args: [three]
  assets:
    - key: pond/ducks
      deps: [pond/water]
      group_name: birds
    - key: pond/geese
"""
COUNT = (
    "import sys\nfrom pathlib import Path\n\nPath(__file__).with_name('count.txt').write_text(sys.argv[1])\n"
)
DBT = """# a comment
type: dagster_dbt.DbtProjectComponent
attributes:
  project: '{{ project_root }}/dbt'
  select: tag:daily
  translation:
    group_name: marts
    key: "target/{{ node.schema }}_x/{{node.name}}"
"""
DLT = """type: dagster_dlt.DltLoadCollectionComponent
attributes:
  loads:
    - source: .loads.orders_source
      pipeline: .loads.pipeline
      translation: {group_name: ingestion, key_prefix: [target], tags: {team: data}, description: Orders}
    - source: shop.defs.ingest.loads.items_source
      pipeline: .loads.pipeline
"""
LOADS = """import dlt


@dlt.resource(name="orders", write_disposition="replace")
def orders():
    yield {"id": 1}


@dlt.resource
def items():
    yield {"id": 1}


@dlt.source
def shop():
    return [orders, items]


@dlt.source
def other():
    return items


pipeline = dlt.pipeline(pipeline_name="shop", destination="duckdb", dataset_name="main")
orders_source = shop()
items_source = other()
"""
OWN = "type: shop.lib.Schedule\nattributes: {cron: '@daily'}\n---\ntype: dagster.TemplatedSqlComponent\n"
ASSET = "import dagster as dg\n\n\n@dg.asset\ndef one() -> None:\n    pass\n"


def project(root: Path, **files: str) -> Path:
    """A project of dg's layout; names of files have two underscores for a slash, one for a point's place."""
    every = {"pyproject.toml": SETTINGS, "src/shop/__init__.py": "", "src/shop/definitions.py": ROOT}
    every |= {
        f"src/shop/defs/{name.replace('__', '/').replace('_yaml', '.yaml').replace('_py', '.py')}": text
        for name, text in files.items()
    }
    for name, text in every.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def rows(result: Conversion) -> dict[str, tuple[str, str]]:
    return {c["name"]: (c["disposition"], f"{c['file']}:{c['line']}") for c in as_json(result)["constructs"]}


@pytest.mark.real
def test_assets_of_a_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same keys as Dagster's, and a task that runs the script."""
    source = project(tmp_path / "legacy", birds__defs_yaml=SCRIPT, birds__count_py=COUNT)
    result = convert(source)
    told = rows(result)["birds"]
    assert told == ("adapted", "src/shop/defs/birds/defs.yaml:1")  # only one of its assets has a group
    code = result.files["src/shop/defs/birds/defs.py"].decode()
    import dagster as dg

    monkeypatch.syspath_prepend(str(source / "src"))
    loaded = dg.load_from_defs_folder(path_within_project=source / "src/shop").get_repository_def()
    keys = [k for k in loaded.asset_graph.get_all_asset_keys() if loaded.asset_graph.get(k).is_materializable]
    assert len(keys) == 2
    assert all(f'"asset://{key.to_user_string()}"' in code for key in keys)
    target = tmp_path / "target"
    (target / "birds").mkdir(parents=True)
    (target / "birds/count.py").write_bytes(result.files["src/shop/defs/birds/count.py"])
    (target / "birds/defs.py").write_text(code)
    support = {p: d for p, d in result.files.items() if "prefect_support/" in p}
    for path, data in support.items():
        (target / "prefect_support").mkdir(exist_ok=True)
        (target / "prefect_support" / Path(path).name).write_bytes(data)
    run = "import runpy; runpy.run_path('birds/defs.py')['birds'].fn()"
    subprocess.run(
        [sys.executable, "-c", run], cwd=target, check=True
    )  # modules of its own: not in this process
    assert (target / "birds/count.txt").read_text() == "three"


def test_a_dbt_project(tmp_path: Path) -> None:
    result = convert(project(tmp_path, models__defs_yaml=DBT))
    assert rows(result)["models"] == ("adapted", "src/shop/defs/models/defs.yaml:2")
    assert {c["disposition"] for c in as_json(result)["constructs"]} <= {"converted", "adapted"}
    code = result.files["src/shop/defs/models/defs.py"].decode()
    assert 'Path(__file__).parent.parent.parent.parent.parent / "dbt"' in code
    assert "asset://target/{dbt_resource_props['schema'] + '_x'}/{dbt_resource_props['name']}" in code
    assert 'return "marts"' in code
    assert "tag:daily" in code


def test_what_has_no_form_here_is_refused_by_name(tmp_path: Path) -> None:
    source = project(tmp_path, plan__defs_yaml=OWN)
    result = convert(source)
    found = {c["kind"]: c for c in as_json(result)["constructs"] if c["disposition"] == "manual"}
    assert set(found) == {"Schedule", "TemplatedSqlComponent"}
    assert found["Schedule"]["note"] == "shop.lib.Schedule in YAML: this type of component is not converted"
    assert found["Schedule"]["remedy"]
    code = result.files["src/shop/defs/plan/defs.py"].decode()
    assert code.count("raise NotImplementedError") == 2
    told = {(c["file"], c["line"], c["name"]) for c in inventory_of(source)["constructs"]}
    assert told == {(c["file"], c["line"], c["name"]) for c in as_json(result)["constructs"]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            ("dagster.PythonScriptComponent\n", "dagster.PythonScriptComponent\npost_processing: {}\n"),
            "post_processing",
        ),
        (("count.py", "none.py"), "its script or assets"),
        (("key: pond/geese", "key: '{{ env.GEESE }}'"), "what it says of its assets"),
    ],
)
def test_a_known_type_that_says_more(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    result = convert(project(tmp_path, birds__defs_yaml=SCRIPT.replace(*change), birds__count_py=COUNT))
    row = next(c for c in as_json(result)["constructs"] if c["kind"] == "PythonScriptComponent")
    assert (row["disposition"], reason in row["note"]) == ("manual", True)


def test_files_beside_a_component_are_loaded_only_if_it_says_so(tmp_path: Path) -> None:
    folder = "type: dagster.DefsFolderComponent\n"
    source = project(tmp_path / "a", birds__defs_yaml=folder, birds__assets_py=ASSET)
    assert rows(convert(source))["one"][0] == "converted"
    shutil.rmtree(tmp_path / "a")
    source = project(tmp_path / "a", birds__defs_yaml=SCRIPT, birds__count_py=COUNT, birds__assets_py=ASSET)
    assert rows(convert(source))["one"][0] == "undeployed"


def test_yaml_that_is_no_component_is_copied(tmp_path: Path) -> None:
    source = project(tmp_path, birds__defs_yaml="kind: bird\n", assets_py=ASSET)
    assert convert(source).files["src/shop/defs/birds/defs.yaml"] == b"kind: bird\n"


def test_loads_of_dlt(tmp_path: Path) -> None:
    """Each load is a task with the keys of Dagster's component: prefix, dataset, table."""
    source = project(tmp_path, ingest__defs_yaml=DLT, ingest__loads_py=LOADS)
    (source / "src/shop/defs/ingest/__init__.py").write_text("")
    model = Model(read(source, is_construct))
    steps = [c for c in model.project.constructs.values() if c.path == "dagster_dlt.dlt_assets"]
    units = {step.name: model.unit_of(step) for step in steps}
    assert [out.key for out in units["ingest_load"].outs] == ["target/main/orders", "target/main/items"]
    assert [out.key for out in units["ingest_load_2"].outs] == ["main/items"]
    result = convert(source)
    code = result.files["src/shop/defs/ingest/defs.py"].decode()
    assert "from shop.defs.ingest.loads import orders_source" in code
    assert "return 'ingestion'" in code


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        (DLT.replace("ingestion", "'{{ resource.name }}'"), "a template of its translation"),
        (DLT.replace("team: data}", "team: data}, kinds: [x]"), "kinds of its translation"),
        (DLT.replace(".loads.orders_source", ".loads.gone"), "the object .loads.gone"),
        (DLT + "      partitions_def: {type: daily}\n", "partitions_def of a load"),
    ],
)
def test_a_load_that_says_more_is_refused(tmp_path: Path, spoiled: str, reason: str) -> None:
    source = project(tmp_path, ingest__defs_yaml=spoiled, ingest__loads_py=LOADS)
    told = [c for c in as_json(convert(source))["constructs"] if c["disposition"] == "manual"]
    assert any(f"{reason} is not converted" in c["note"] for c in told), told


def test_a_pipeline_without_a_dataset_or_with_tables_of_other_names_is_refused(tmp_path: Path) -> None:
    for place, (loads, reason) in enumerate(
        (
            (LOADS.replace(', dataset_name="main"', ""), "the dataset of pipeline"),
            (LOADS.replace("@dlt.resource\n", '@dlt.resource(table_name="x")\n'), "the tables of .loads"),
        )
    ):
        source = project(tmp_path / str(place), ingest__defs_yaml=DLT, ingest__loads_py=loads)
        told = [c["note"] for c in as_json(convert(source))["constructs"] if c["disposition"] == "manual"]
        assert any(reason in note for note in told), told
