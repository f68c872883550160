import os

from dagster import asset


@asset(group_name=os.environ.get("GROUP"), owners=[os.environ["OWNER"]])
def gold() -> int:
    return 1
