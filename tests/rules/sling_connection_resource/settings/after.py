import os
from typing import Any

from prefect_support.sling_streams import SlingConnection, SlingConnections

target = SlingConnection(name="DUCK", type="duckdb", instance="a.duckdb", schema="raw")


def alone() -> Any:
    return SlingConnection(name="ALONE", type="file")


def sling() -> SlingConnections:
    return SlingConnections(connections=[target, SlingConnection(name="PG", type="postgres", connection_string=os.environ["PG_URL"])])
