"""Resources that jobs configure: from a table of settings, which is told, and from text, which is not."""

import json
import os

from dagster import Definitions, Field, job, op, resource

SETTINGS = {
    "pond": {"size": 3, "name": os.getenv("POND_OF_JOBS", "north")},
    "lake": {"size": 2, "name": {"env": "LAKE"}},
}


@resource(config_schema={"size": int, "name": Field(str, default_value="south")})
def pond(context):
    return context.resource_config["name"] * context.resource_config["size"]


def read() -> dict[str, object]:
    return json.loads(os.getenv("POND_OF_ALL", '{"size": 2, "name": "east"}'))


@op(required_resource_keys={"pond"})
def look(context) -> str:
    return context.resources.pond


@job(resource_defs={"pond": pond.configured(SETTINGS["pond"])})
def of_settings() -> None:
    look()


@job(resource_defs={"pond": pond.configured(read())})
def of_text() -> None:
    look()


@job(resource_defs={"pond": pond.configured(SETTINGS["lake"])})
def of_a_variable() -> None:
    look()


kept = pond.configured(SETTINGS["pond"])


@job(resource_defs={"pond": kept})
def of_a_kept_one() -> None:
    look()


defs = Definitions(jobs=[of_settings, of_text, of_a_variable, of_a_kept_one])
