import dagster as dg
from dagster._utils import script_relative_path

FOLDER = script_relative_path("../data")


def folder(name: str) -> str:
    return dg._utils.script_relative_path(f"data/{name}")
