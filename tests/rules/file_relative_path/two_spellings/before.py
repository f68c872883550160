import dagster as dg
from dagster import file_relative_path

FOLDER = file_relative_path(__file__, "../data")


def folder(name: str) -> str:
    return dg.file_relative_path(__file__, f"data/{name}")
