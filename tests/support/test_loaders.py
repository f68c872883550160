"""What Sling and dlt load are assets by the names Dagster gave them, and a failed load fails the task.

`make elt` brings dlt, dagster-dlt and dagster-sling, which the lock does not hold. Sling's program comes from
the network alone: a script stands for it, that reads what the real one would be handed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("support")

ELT = os.environ.get("CHANGEOVER_ELT", "")
with_elt = pytest.mark.skipif(not ELT, reason="dlt and Dagster's packages for it come with `make elt`")
REPLICATION: dict[str, Any] = {
    "source": "SOURCE",
    "target": "TARGET",
    "defaults": {"object": "x.{stream_name}", "meta": {"dagster": {"group": "raw"}}},
    "streams": {
        "public.Users & more": None,
        'public."Orders"': {"object": "RAW.orders"},
        "old": {"disabled": True},
        "named": {
            "sql": "select 1",
            "meta": {"dagster": {"asset_key": "crm.named", "deps": ["a.b", "c"], "group": "crm"}},
        },
    },
}
PROGRAM = """#!{python}
import json, os, sys
if sys.argv[1:3] == ["conns", "exec"]:
    print(json.dumps({{"fields": ["ct"], "rows": [[len(sys.argv[4])]]}}))
    sys.exit()
config = json.load(open(sys.argv[-1]))
print("1:04PM INF Sling " + json.loads(os.environ["TARGET"])["url"])
for name in config["streams"]:
    print("1:04PM INF running stream " + name)
    print("1:04PM INF inserted 3 rows into \\"raw\\".\\"" + name + "\\" in 1 secs")
    print()
sys.exit(int(config.get("ends_with", 0)))
"""
OF_DAGSTER = """
import sys
from pathlib import Path
sys.path.append(sys.argv[1])
sys.path.insert(0, sys.argv[2] + "/src")
import dagster as dg
defs = dg.load_from_defs_folder(path_within_project=Path(sys.argv[2]) / "src/shop")
for one in defs.resolve_all_asset_specs():
    if one.kinds:
        needs = [dep.asset_key.to_user_string() for dep in one.deps]
        print(one.key.to_user_string(), needs, one.group_name.replace("default", ""), one.description)
"""
OF_PREFECT = """
import sys
sys.path.append(sys.argv[1])
sys.path[:0] = [sys.argv[2] + "/src", sys.argv[2]]
from shop.defs import jobs
from shop.defs.ingest import defs
for task in (defs.ingest_load, defs.ingest_load_2):
    for one in task.assets:
        needs = [need.removeprefix("asset://") for need in task.deps_of[one.key]]
        plain = one.key.removeprefix("asset://")
        print(plain, needs, task.group_of.get(one.key, ""), one.properties.description)
print(jobs.every(return_state=True).type.value.capitalize())
"""


@pytest.fixture
def sling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "sling"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    monkeypatch.setenv("SLING_BINARY", str(program))


@pytest.fixture
def elt() -> Iterator[None]:
    sys.path.append(ELT)
    yield
    sys.path.remove(ELT)


def test_keys_needs_and_groups_of_streams() -> None:
    from prefect_support.sling_names import StreamNames, streams_of

    made = [StreamNames("raw").get_asset_spec(stream) for stream in streams_of(REPLICATION)]
    told = {a.key: (a.deps, a.group_name, a.description) for a in made}
    assert told == {
        "asset://raw/public/users_more": (("asset://public/users_more",), "raw", None),
        "asset://raw/raw/orders": (("asset://public/orders",), "raw", None),
        "asset://crm/named": (("asset://a/b", "asset://c"), "crm", "select 1"),
    }


@with_elt
def test_streams_are_what_dagster_says(elt: None) -> None:
    from dagster_sling.asset_decorator import get_sling_asset_specs
    from prefect_support.sling_names import StreamNames, streams_of

    ours = [StreamNames().get_asset_spec(stream) for stream in streams_of(REPLICATION)]
    theirs = get_sling_asset_specs(REPLICATION)
    assert [(a.key, list(a.deps), a.group_name, a.description, a.kinds) for a in ours] == [
        (
            f"asset://{spec.key.to_user_string()}",
            [f"asset://{dep.asset_key.to_user_string()}" for dep in spec.deps],
            spec.group_name,
            spec.description,
            spec.kinds,
        )
        for spec in theirs
    ]


def test_an_asset_with_other_facts() -> None:
    from prefect_support.asset_key import Key
    from prefect_support.loaded_assets import LoadedAsset

    asset = LoadedAsset(Key.of("a", "b"), kinds=frozenset({"sling"}))
    changed = asset.replace_attributes(key=asset.key.with_prefix("raw"), deps=["asset://x"]).merge_attributes(
        deps=["asset://y"], tags={"team": "one"}, kinds={"csv"}
    )
    assert (changed.key, changed.key.path) == ("asset://raw/a/b", ["raw", "a", "b"])
    assert changed.deps == ("asset://x", "asset://y")
    assert changed.tags == {"team": "one"}
    assert changed.kinds == {"sling", "csv"}


@pytest.mark.real
def test_a_replication_in_a_run(prefect: str, sling: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect import flow
    from prefect_support import sling_streams as module
    from prefect_support.sling_streams import SlingConnection, SlingConnections, sling_streams

    told: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(module, "add_asset_metadata", lambda key, more: told.setdefault(key, {}).update(more))
    resource = SlingConnections(
        connections=[SlingConnection(name="TARGET", type="duckdb", connection_string="here")]
    )
    heard: list[str] = []

    @sling_streams(REPLICATION, name="loads")
    def good(sling: SlingConnections) -> None:
        sling.replicate().fetch_row_count()
        heard.extend(sling.stream_raw_logs())

    @sling_streams({**REPLICATION, "ends_with": 3})
    def bad(sling: SlingConnections) -> None:
        sling.replicate()

    @flow
    def both() -> tuple[Any, Any]:
        return good(resource, return_state=True), bad(resource, return_state=True)

    done, failed = both()
    assert done.is_completed()
    assert failed.is_failed()
    assert heard[:2] == ["Sling here", "running stream public.Users & more"]
    assert told["asset://crm/named"]["dagster/row_count"] == len("select count(*) as ct from raw.named")
    assert told["asset://target/raw/orders"]["dagster/table_name"] == "TARGET.RAW.orders"
    assert {str(a.key) for a in good.assets} == set(told)
    assert good.group_of["asset://crm/named"] == "crm"
    assert good.deps_of["asset://crm/named"] == ["asset://a/b", "asset://c"]
    assert "TARGET" not in os.environ


def test_without_a_replication() -> None:
    from prefect_support.sling_streams import SlingConnections

    with pytest.raises(RuntimeError, match="no replication was named"):
        SlingConnections().replicate()


@with_elt
@pytest.mark.real
def test_a_pipeline_of_dlt_in_a_run(
    prefect: str, elt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    import dlt
    import duckdb
    from dagster_dlt.asset_decorator import build_dlt_asset_specs
    from prefect import flow
    from prefect_support import dlt_sources as module
    from prefect_support.dlt_sources import DltRunner, ResourceNames, assets_of, dlt_source

    told: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(module, "add_asset_metadata", lambda key, more: told.setdefault(key, {}).update(more))

    @dlt.source
    def Tracker(broken: bool = False) -> Any:
        @dlt.resource(name="Issues", primary_key="id")
        def issues() -> Any:
            """Every issue."""
            if broken:
                raise ValueError("no issues")
            yield [{"id": i, "tags": [{"t": 1}]} for i in range(7)]

        @dlt.transformer(data_from=issues)
        def details(rows: Any) -> Any:
            yield [{"id": row["id"]} for row in rows]

        return issues, details

    file = tmp_path / "loaded.duckdb"
    pipeline = dlt.pipeline("tracker", dataset_name="raw", destination=dlt.destinations.duckdb(str(file)))
    theirs = [
        (
            f"asset://{spec.key.to_user_string()}",
            [f"asset://{dep.asset_key.to_user_string()}" for dep in spec.deps],
            spec.description,
            spec.kinds,
        )
        for spec in build_dlt_asset_specs(Tracker(), pipeline)
    ]
    made = assets_of(Tracker(), pipeline, ResourceNames()).values()
    assert [(a.key, list(a.deps), a.description, a.kinds) for a in made] == theirs

    @dlt_source(Tracker(), pipeline)
    def good(dlt: DltRunner) -> None:
        dlt.run().fetch_row_count()

    @dlt_source(Tracker(), pipeline)
    def bad(dlt: DltRunner) -> None:
        dlt.run(dlt_source=Tracker(broken=True))

    @flow
    def both() -> tuple[Any, Any]:
        return good(DltRunner(), return_state=True), bad(DltRunner(), return_state=True)

    done, failed = both()
    assert done.is_completed(), done.message
    assert failed.is_failed()
    assert told["asset://dlt_Tracker_Issues"]["dagster/row_count"] == 7
    assert told["asset://dlt_Tracker_Issues"]["rows_loaded"] == 7
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("select count(*) from raw.issues").fetchall() == [(7,)]
    assert json.dumps(told)


@with_elt
@pytest.mark.real
def test_loads_that_yaml_describes(
    prefect: str, elt: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: Any
) -> None:
    """Keys, needs, groups and descriptions of Dagster's component, and two loads of one pipeline in a run."""
    from tests.converter.test_components import DLT, LOADS, project

    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    jobs = 'import dagster as dg\n\nevery = dg.define_asset_job("every", selection="*")\n'
    source = project(tmp_path / "old", ingest__defs_yaml=DLT, ingest__loads_py=LOADS, jobs_py=jobs)
    for folder in ("defs", "defs/ingest"):
        (source / "src/shop" / folder / "__init__.py").write_text("")
    monkeypatch.chdir(tmp_path)
    theirs = subprocess.run(
        [sys.executable, "-c", OF_DAGSTER, ELT, str(source)], capture_output=True, text=True
    )
    at_once("convert", source, "--out", tmp_path / "new")
    ours = subprocess.run(
        [sys.executable, "-c", OF_PREFECT, ELT, str(tmp_path / "new")], capture_output=True, text=True
    )
    assert ours.returncode == 0, ours.stderr
    told = ours.stdout.splitlines()
    assert told[-1] == "Completed"
    assert sorted(told[:-1]) == sorted(theirs.stdout.splitlines()) != []
