from collections.abc import Iterator

import duckdb
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.backoffs import backoff, exponential_delay_generator


def pauses() -> Iterator[float]:
    return exponential_delay_generator(base_delay=0.5)


@materialize(
    Asset(key="asset://trips", properties=AssetProperties(name="trips")),
    cache_policy=NO_CACHE,
)
def trips() -> None:
    connection = backoff(
        fn=duckdb.connect,
        retry_on=(RuntimeError, duckdb.IOException),
        kwargs={"database": "trips.db"},
        max_retries=10,
        delay_generator=pauses(),
    )
    connection.execute("create table trips (id integer)")
