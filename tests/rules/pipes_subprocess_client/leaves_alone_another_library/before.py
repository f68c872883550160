"""Spelled like dagster's, and another library's; and a program that speaks Dagster's protocol."""

from dagster_pipes import open_dagster_pipes
from tubes import PipesSubprocessClient


def work(client: PipesSubprocessClient):
    return client.run(command="ls", context=1).get_materialize_result()


if __name__ == "__main__":
    with open_dagster_pipes() as pipes:
        pipes.report_asset_materialization(metadata={"rows": 1})
