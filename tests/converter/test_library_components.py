"""Components of Dagster's own libraries in YAML: Sling's replications, functions, scripts by way of uv."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.results import Conversion

SLING = """type: dagster_sling.SlingReplicationCollectionComponent
attributes:
  sling:
    connections:
      - name: WAREHOUSE
        type: duckdb
        instance: "{{ env('WAREHOUSE') }}"
  replications:
    - path: replication.yaml
      include_metadata: [row_count]
      translation:
        group_name: raw
        description: "Loads {{ stream_definition.name }}"
    - path: other.yaml
      op: {name: others}
"""
REPLICATION = "source: POND\ntarget: WAREHOUSE\nstreams:\n  public.ducks: {object: raw.ducks}\n"
FUNCTION = """type: dagster.FunctionComponent
attributes:
  execution: .counting.count
  assets:
    - key: pond/ducks
      group_name: birds
"""
COUNTING = """import dagster as dg

START = 3


def count(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    # from the start
    context.log.info("counting")
    return dg.MaterializeResult(metadata={"many": START})
"""
UV = """type: dagster.UvRunComponent
attributes:
  execution: {path: count.py}
  assets: [{key: geese}]
"""
ROOT = """from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""


def converted(root: Path, files: dict[str, str]) -> Conversion:
    every = {"shop/__init__.py": "", "shop/definitions.py": ROOT, **files}
    every["pyproject.toml"] = '[project]\nname = "shop"\n[tool.dg.project]\nroot_module = "shop"\n'
    for name, text in every.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return convert(root)


def words(result: Conversion) -> set[str]:
    return {c["disposition"] for c in as_json(result)["constructs"]}


def sling_project(root: Path, told: str = SLING) -> Conversion:
    other = REPLICATION.replace("ducks", "geese")
    both = {"shop/defs/load/replication.yaml": REPLICATION, "shop/defs/load/other.yaml": other}
    return converted(root, {"shop/defs/load/defs.yaml": told, **both})


def test_sling(tmp_path: Path) -> None:
    result = sling_project(tmp_path)
    assert words(result) <= {"converted", "adapted"}
    code = result.files["shop/defs/load/defs.py"].decode()
    ast.parse(code)
    assert 'Path(__file__).parent / "replication.yaml"' in code
    assert 'os.environ["WAREHOUSE"]' in code
    assert '"Loads " + str(stream_definition["name"])' in code
    assert "@sling_streams(" in code
    assert 'name="others"' in code
    assert ".fetch_row_count()" in code
    assert b"load_replication_2" in result.files["shop/materialize.py"]


def test_connections_by_their_names(tmp_path: Path) -> None:
    """As newer versions of the component say them."""
    told = SLING.replace(
        "  sling:\n    connections:\n      - name: WAREHOUSE\n        ",
        "  connections:\n    WAREHOUSE:\n      ",
    )
    told = told.replace("        instance", "      instance")
    code = sling_project(tmp_path, told).files["shop/defs/load/defs.py"].decode()
    assert 'SlingConnection(name="WAREHOUSE", type="duckdb", instance=os.environ["WAREHOUSE"])' in code


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("group_name: raw", "owners: [me]", "owners of its translation"),
        ("{name: others}", "{pool: sling}", "pool of its op"),
        ("path: other.yaml", "path: '{{ env.OTHER }}'", "its replications"),
    ],
)
def test_what_sling_is_told_besides(tmp_path: Path, old: str, new: str, reason: str) -> None:
    result = sling_project(tmp_path, SLING.replace(old, new))
    notes = [c["note"] for c in as_json(result)["constructs"] if c["disposition"] == "manual"]
    assert any(reason in note for note in notes)


def test_a_function(tmp_path: Path) -> None:
    files = {"shop/defs/birds/defs.yaml": FUNCTION, "shop/defs/birds/counting.py": COUNTING}
    result = converted(tmp_path, files)
    assert words(result) <= {"converted", "adapted"}
    code = result.files["shop/defs/birds/defs.py"].decode()
    assert "# from the start" in code
    assert '"asset://pond/ducks"' in code
    assert '{"many": START}' in code


def test_a_script_by_way_of_uv(tmp_path: Path) -> None:
    files = {"shop/defs/birds/defs.yaml": UV, "shop/defs/birds/count.py": "print(1)\n"}
    result = converted(tmp_path, files)
    assert words(result) <= {"converted", "adapted"}
    assert b'subprocess.run(["uv", "run", script], check=True)' in result.files["shop/defs/birds/defs.py"]
