"""Where a flow's typed parameters get their values: the class, a file, a scenario, the environment, the run.

Written by `migrate convert`; yours to edit.

    @flow
    def simulate(config: Layered[SimulationConfig] = layered(SimulationConfig)) -> None: ...

Each field of the class is taken from the last of these that names it:

1. the class itself: `random_seed: int = Field(default=42, ge=0)`;
2. `parameters.toml` in the working directory (or the file that FLOW_PARAMETERS names):
   `[SimulationConfig]` and below it `random_seed = 7`;
3. the scenario that is asked for, in the same file: `[scenarios.growth.SimulationConfig]`;
4. the environment: `SIMULATIONCONFIG__RANDOM_SEED=7`;
5. what the run is given: the form in the UI, `prefect deployment run -p`, a call.

Whatever a value comes from, the class judges it: its ranges, choices and descriptions are in the form, and an
impossible value is refused before the flow's body starts. A form sends all the fields it shows.

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

M = TypeVar("M", bound=BaseModel)
FILE = "FLOW_PARAMETERS"
NO_SCENARIO = "none"


class Layers:
    """The annotation behind `Layered`: fills in what a run leaves out."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def fill(given: Any, validate: Any) -> Any:
            return _filled(source, given, validate) if isinstance(given, Mapping) else validate(given)

        return core_schema.no_info_wrap_validator_function(fill, handler(source))


Layered = Annotated[M, Layers()]


def layered(model: type[M]) -> M:
    """The values when a run gives none: those of the class, the file and the environment.

    Raises ValueError (pydantic's) for an impossible value, and for a field that the class does not have.
    """
    return _filled(model, {}, model.model_validate)


class ScenarioNames:
    """The annotation behind `Scenario`: one of the names in the file, as a choice in the form."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(_known, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(scenarios())}


Scenario = Annotated[str, ScenarioNames()]


def scenarios() -> tuple[str, ...]:
    """The names that `[scenarios.NAME]` gives in the file, after `none`."""
    return (NO_SCENARIO, *_file().get("scenarios", {}))


def in_scenario(name: str, config: M) -> M:
    """The same values with those of a scenario, except where the environment or the run named one.

    Raises ValueError for a scenario that is not in the file.
    """
    own = _file().get("scenarios", {}).get(_known(name), {}).get(type(config).__name__, {})
    changed = {field: value for field, value in own.items() if field not in config.model_fields_set}
    made = type(config).model_validate({**config.model_dump(), **changed})
    return _named(made, config.model_fields_set)


def _filled(model: type[M], given: Mapping[str, Any], validate: Any) -> M:
    by_hand = {**_environment(model), **given}
    made: M = validate({**_file().get(model.__name__, {}), **by_hand})
    return _named(made, by_hand)


def _named(made: M, fields: Any) -> M:
    # pydantic's own record of what was given: a scenario leaves these fields alone
    object.__setattr__(made, "__pydantic_fields_set__", set(fields))
    return made


def _environment(model: type[BaseModel]) -> dict[str, Any]:
    beginning = f"{model.__name__}__".upper()
    fields = {field.upper(): field for field in model.model_fields}
    given = {
        name.removeprefix(beginning): text for name, text in os.environ.items() if name.startswith(beginning)
    }
    # a name the class does not have is handed to it all the same: it refuses what is misspelt
    return {fields.get(name, name.lower()): _value(text) for name, text in given.items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _file() -> dict[str, Any]:
    named = os.environ.get(FILE)
    path = Path(named or "parameters.toml")
    if not named and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error


def _known(name: str) -> str:
    if name not in scenarios():
        raise ValueError(f"{name!r} is no scenario; expected one of {', '.join(scenarios())}")
    return name
