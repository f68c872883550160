from collections.abc import Iterator

import duckdb
from dagster import Definitions, asset
from dagster._utils.backoff import backoff, exponential_delay_generator


def pauses() -> Iterator[float]:
    return exponential_delay_generator(base_delay=0.5)


@asset
def trips() -> None:
    connection = backoff(
        fn=duckdb.connect,
        retry_on=(RuntimeError, duckdb.IOException),
        kwargs={"database": "trips.db"},
        max_retries=10,
        delay_generator=pauses(),
    )
    connection.execute("create table trips (id integer)")


defs = Definitions(assets=[trips])
