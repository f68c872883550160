from dagster import job, op
from dagster._utils import safe_tempfile_path


@op
def lines() -> int:
    with safe_tempfile_path() as path:
        with open(path, "w") as file:
            file.write("a\nb\n")
        return len(open(path).readlines())


@job
def counting():
    lines()
