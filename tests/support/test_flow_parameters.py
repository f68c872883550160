"""Typed parameters of a flow: what each layer wins over, what is refused, and what a form is told."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field

FILE = """
[Plan]
match = 0.4
seed = 7
growth = 0.01
[scenarios.generous.Plan]
match = 1.0
seed = 8
growth = 0.02
"""


class Plan(BaseModel, extra="forbid"):
    growth: float = Field(default=0.03, ge=-0.5, le=1, description="Growth in a year.")
    match: float = Field(default=0.5, ge=0, le=2)
    seed: int = 42
    enrol: bool = True


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parameters.toml").write_text(FILE)
    return tmp_path / "parameters.toml"


def called(given: dict[str, Any], scenario: str = "none") -> dict[str, Any]:
    """What the flow's body sees: parameters go the way Prefect sends those of a deployment's run."""
    from prefect import flow
    from prefect_support.flow_parameters import Layered, in_scenario, layered

    @flow
    def simulate(plan: Layered[Plan] = layered(Plan)) -> None: ...  # noqa: B008

    parameters = simulate.validate_parameters({"plan": given} if given else {"plan": layered(Plan)})
    assert json.loads(json.dumps(simulate.serialize_parameters(parameters)))["plan"] == (
        parameters["plan"].model_dump()
    )
    return in_scenario(scenario, parameters["plan"]).model_dump()


def test_class_then_file_then_scenario_then_environment_then_run(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called({}) == {"growth": 0.01, "match": 0.4, "seed": 7, "enrol": True}
    assert called({}, "generous") == {"growth": 0.02, "match": 1.0, "seed": 8, "enrol": True}
    monkeypatch.setenv("PLAN__SEED", "9")
    monkeypatch.setenv("PLAN__ENROL", "false")
    assert called({}) == {"growth": 0.01, "match": 0.4, "seed": 9, "enrol": False}
    assert called({}, "generous") == {"growth": 0.02, "match": 1.0, "seed": 9, "enrol": False}
    assert called({"seed": 10}) == {"growth": 0.01, "match": 0.4, "seed": 10, "enrol": False}
    assert called({"match": 0.1}, "generous") == {"growth": 0.02, "match": 0.1, "seed": 9, "enrol": False}
    file.rename(file.with_name("elsewhere.toml"))
    assert called({})["match"] == 0.5
    monkeypatch.setenv("FLOW_PARAMETERS", str(file.with_name("elsewhere.toml")))
    assert called({})["match"] == 0.4


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("[Plan]\nmatch = 3", "", "match\n  Input should be less than or equal to 2"),
        ("[Plan]\nmatches = 1", "", "matches\n  Extra inputs are not permitted"),
        ("[Plan", "", "parameters.toml: Expected"),
        ("", "PLAN__GROWTH", "growth\n  Input should be a valid number"),
        ("", "PLAN__GROWHT", "growht\n  Extra inputs are not permitted"),
    ],
)
def test_impossible_values_are_refused_wherever_they_come_from(
    file: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str, said: str
) -> None:
    file.write_text(text)
    if name:
        monkeypatch.setenv(name, "much")
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the text is what is judged
        called({})
    assert said in str(refused.value)


def test_a_run_is_refused_before_the_body_starts_and_a_form_knows_why(file: Path) -> None:
    from prefect import flow
    from prefect.exceptions import ParameterTypeError
    from prefect.utilities.callables import parameter_schema
    from prefect_support.flow_parameters import NO_SCENARIO, Layered, Scenario, layered

    @flow
    def simulate(plan: Layered[Plan] = layered(Plan), scenario: Scenario = NO_SCENARIO) -> None: ...  # noqa: B008

    schema = parameter_schema(simulate).model_dump_for_openapi()
    growth = schema["definitions"]["Plan"]["properties"]["growth"]
    assert (growth["minimum"], growth["maximum"], growth["description"]) == (-0.5, 1, "Growth in a year.")
    assert schema["properties"]["scenario"]["enum"] == ["none", "generous"]
    assert schema["properties"]["plan"]["default"]["match"] == 0.4
    for wrong in ({"plan": {"match": 3}}, {"scenario": "mean"}):
        with pytest.raises(ParameterTypeError, match=r"plan.match: Input|scenario: .*'mean' is no scenario"):
            simulate.validate_parameters({"plan": {}, "scenario": "none"} | wrong)


def test_the_last_year_does_not_come_first() -> None:
    from prefect_support.partitions import partition_of

    with pytest.raises(ValueError, match="2026 comes after 2025"):
        partition_of(["2025", "2026"]).between("2026", "2025")


def test_the_years_of_the_op_style_job_have_their_range_in_the_form(reference_target: Path) -> None:
    """The reference's `multi_year_simulation`, as the server would show and judge it; then its layers."""
    told = subprocess.run(
        [sys.executable, "-c", WINDOW], cwd=reference_target, capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stderr[-2000:]
    said = json.loads(told.stdout.splitlines()[-1])
    for name in ("start_year", "end_year"):
        field = said["form"][name]
        assert (field["minimum"], field["maximum"], field["type"]) == (2025, 2030, "integer")
        assert field["description"].endswith(("to simulate.", "to simulate, included."))
    assert said["refused"] == [True, True, False]
    assert said["layers"] == [[2025, 2027], [2026, 2028], [2026, 2029], [2027, 2029]]


WINDOW = """
import json, os, pathlib
from prefect.exceptions import ParameterTypeError
from prefect.utilities.callables import parameter_schema
from prefect_support.flow_parameters import layered
from planalign.config import YearWindow
from planalign.jobs import multi_year_simulation as flow

form = parameter_schema(flow).model_dump_for_openapi()["definitions"]["YearWindow"]["properties"]

def window(**given):
    found = {"plan_years_config": given or layered(YearWindow)}
    found = flow.validate_parameters(found)["plan_years_config"]
    return [found.start_year, found.end_year]

def refused(**given):
    try:
        window(**given)
    except ParameterTypeError:
        return True
    return False

bad = [refused(start_year=2024), refused(end_year=2031), refused(start_year=2025, end_year=2030)]
layers = [window()]
pathlib.Path("window.toml").write_text("[YearWindow]\\nstart_year = 2026\\nend_year = 2028\\n")
os.environ["FLOW_PARAMETERS"] = "window.toml"
layers.append(window())
os.environ["YEARWINDOW__END_YEAR"] = "2029"
layers.append(window())
layers.append(window(start_year=2027))
print(json.dumps({"form": form, "refused": bad, "layers": layers}))
"""


@pytest.fixture
def reference_target(tmp_path: Path) -> Path:
    """A copy: what the target reads or writes stays beside it."""
    target = Path(__file__).parents[2] / "prefect_target"
    (tmp_path / "dbt" / "target").mkdir(parents=True)
    (tmp_path / "dbt" / "target" / "manifest.json").write_text("{}")  # asked for when the flows are imported
    return Path(shutil.copytree(target, tmp_path / "target"))
