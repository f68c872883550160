"""Every public attribute of Dagster's own contexts has a counterpart in the target, or a remedy of its own.

`context_attributes.txt` holds what becomes of each, one row an attribute: the list is Dagster's own, by
introspection, with what Dagster 1.7 had beside. `UPDATE_FIXTURES=1` writes it: read the difference.
"""

import ast
import os
from pathlib import Path

import pytest

from migrate.conversion import convert_project
from migrate.reading.project import read
from migrate.rewriting.context_remedies import LEFT
from migrate.rewriting.context_remedies import STEP as REMEDIES
from migrate.rewriting.handed_contexts import HANDED_ON, HAS, OF_THE_STEP
from migrate.rules import is_construct
from migrate.target_files import SUPPORT

TABLE = Path(__file__).with_name("context_attributes.txt")
HEAD = """\
import dagster as dg

days = dg.DailyPartitionsDefinition("2024-01-01")


class Settings(dg.Config):
    rows: int = 3


@dg.asset(partitions_def=days)
def silver(): ...


@dg.op
def one(): ...


@dg.job
def load():
    one()


"""
STEP = "def of_{kind}_{name}(context: dg.{context}):\n    return {use}\n\n\n"
SENSOR = "def of_{kind}_{name}(context: dg.{context}):\n    print({use})\n    return dg.RunRequest()\n\n\n"
STORAGE = (
    "class of_{kind}_{name}(dg.IOManager):\n"
    "    def load_input(self, context: dg.InputContext):\n        {read}\n\n"
    "    def handle_output(self, context: dg.OutputContext, obj):\n        {write}\n\n\n"
)
KINDS = {
    "asset": (
        "AssetExecutionContext",
        "@dg.asset(partitions_def=days)\n"
        "def of_{kind}_{name}(context: dg.{context}, config: Settings, silver):\n    return {use}\n\n\n",
    ),
    "op": ("OpExecutionContext", "@dg.op\n" + STEP),
    "check": (
        "AssetCheckExecutionContext",
        '@dg.asset_check(asset="silver")\ndef of_{kind}_{name}(context: dg.{context}):\n'
        "    return dg.AssetCheckResult(passed=bool({use}))\n\n\n",
    ),
    "resource": ("InitResourceContext", '@dg.resource(config_schema={{"size": int}})\n' + STEP),
    "input": ("InputContext", STORAGE.replace("{read}", "return {use}").replace("{write}", "pass")),
    "output": ("OutputContext", STORAGE.replace("{write}", "{use}").replace("{read}", "pass")),
    "hook": ("HookContext", "@dg.failure_hook\n" + STEP),
    "sensor": ("SensorEvaluationContext", "@dg.sensor(job=load)\n" + SENSOR),
    "multi_asset_sensor": (
        "MultiAssetSensorEvaluationContext",
        '@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("silver")], job=load)\n' + SENSOR,
    ),
    "schedule": ("ScheduleEvaluationContext", '@dg.schedule(job=load, cron_schedule="0 5 * * *")\n' + SENSOR),
    "status": (
        "RunStatusSensorContext",
        "@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS)\n" + STEP,
    ),
    "failure": ("RunFailureSensorContext", "@dg.run_failure_sensor\n" + STEP),
}
GIVEN = {
    **dict.fromkeys(("get_tag", "has_tag"), '"owner"'),
    **dict.fromkeys(("add_output_metadata", "add_asset_metadata"), '{"rows": 1}'),
    "log_event": 'dg.AssetObservation("silver", metadata={"rows": 1})',
    "update_cursor": '"1"',
}
"""What a method is called with; one of an input is asked for `silver`, any other for nothing."""
OLDER = {"asset": ("asset_check_spec",), "op": ("file_manager", "solid_config"), "status": ("pipeline_run",)}
"""What Dagster 1.7 and older had, and the newest has not."""


def attributes() -> list[tuple[str, str, str]]:
    """Kind, name and use of every public attribute."""
    import dagster as dg

    found = []
    for kind, (context, _) in KINDS.items():
        theirs = getattr(dg, context)
        for name in sorted({n for n in dir(theirs) if not n.startswith("_")} | {*OLDER.get(kind, ())}):
            given = '"silver"' if name.endswith("_for_input") else GIVEN.get(name, "")
            call = f"({given})" if callable(getattr(theirs, name, None)) else ""
            found.append((kind, name, f"context.{name}{call}"))
    return found


@pytest.fixture(scope="module")
def became(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """`kind.name` → the code that asks in the target, or why there is none and what to do."""
    folder: Path = tmp_path_factory.mktemp("asking")
    asked = attributes()
    code = HEAD
    for kind, name, use in asked:
        context, template = KINDS[kind]
        code += template.format(kind=kind, name=name, context=context, use=use)
    (folder / "code.py").write_text(code)
    result = convert_project(read(folder, is_construct))
    made = ast.parse(result.files["code.py"])
    functions = {n.name: n for n in made.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return {f"{kind}.{name}": _became(functions, f"of_{kind}_{name}", kind) for kind, name, _ in asked}


def _became(functions: dict[str, ast.FunctionDef | ast.ClassDef], name: str, kind: str) -> str:
    node = functions.get(f"_{name}", functions[name])
    for inner in ast.walk(node):
        if isinstance(inner, ast.Raise):
            assert isinstance(inner.exc, ast.Call)
            told = ast.literal_eval(inner.exc.args[0])
            assert isinstance(told, str)
            return "refused: " + told.rpartition("counterpart. ")[2]
    if isinstance(node, ast.ClassDef):
        method = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
        node = method["load_input" if kind == "input" else "handle_output"]
    body = [s for s in node.body if not isinstance(s, ast.Assign)]
    return ast.unparse(body[0]).removeprefix("return ")


def _names(module: str, of: str) -> set[str]:
    """The attributes of a class of a support module."""
    body = ast.parse((SUPPORT / f"{module}.py").read_text()).body
    made = next(n for n in body if isinstance(n, ast.ClassDef) and n.name == of)
    names = {n.name for n in made.body if isinstance(n, ast.FunctionDef)}
    given: list[ast.expr] = [n.target for n in made.body if isinstance(n, ast.AnnAssign)]
    given += [t for n in made.body if isinstance(n, ast.Assign) for t in n.targets]
    return names | {t.id for t in given if isinstance(t, ast.Name)} | {"resources", "asset_keys"}


def test_each_becomes_what_the_table_says(became: dict[str, str]) -> None:
    rows = "".join(f"{name}: {code}\n" for name, code in became.items())
    if os.environ.get("UPDATE_FIXTURES") == "1":
        TABLE.write_text(rows)
    assert rows == TABLE.read_text()


def test_what_still_asks_a_context_asks_one_that_has_it(became: dict[str, str]) -> None:
    has = {
        **dict.fromkeys(("asset", "op", "check"), _names("task_context", "TaskContext")),
        **dict.fromkeys(("input", "output"), _names("io", "IOContext")),
        **dict.fromkeys(("sensor", "schedule"), _names("sensors", "SensorContext")),
        "multi_asset_sensor": _names("sensors", "SensorContext") | _names("watched_assets", "WatchedAssets"),
        **dict.fromkeys(("status", "failure"), _names("ended_runs", "RunEnded")),
    }
    left = []
    for row, code in became.items():
        kind, name = row.split(".")
        if "context." in code and not code.startswith("refused") and name not in has.get(kind, set()):
            left.append(f"{row}: {code}")
    assert left == []


def test_what_is_refused_has_a_remedy_of_its_own(became: dict[str, str]) -> None:
    general = [row for row, code in became.items() if LEFT in code or HANDED_ON in code]
    assert general == []
    assert sum(not code.startswith("refused") for code in became.values()) > 150  # or nothing is converted


def test_what_a_helper_may_ask_by_getattr_is_known_by_its_name() -> None:
    steps = [line.split(": ")[0].split(".") for line in TABLE.read_text().splitlines()]
    named = {name for kind, name in steps if kind in ("asset", "op", "check")}
    told = {one.split(".")[0] for one in HAS} | set(REMEDIES) | OF_THE_STEP
    assert len(named) > 60
    assert named <= told
