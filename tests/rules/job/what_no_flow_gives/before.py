from elsewhere import season

import pandas as pd
from dagster import Definitions, In, job, op


@op(ins={"table": In(input_manager_key="tables")})
def managed(table: pd.DataFrame) -> None:
    print(table)


@op
def typed(table: pd.DataFrame) -> None:
    print(table)


@op
def twice(n: int) -> int:
    return 2 * n


def endlessly(value):
    return endlessly(value)


def any_number(*values):
    return [twice(value) for value in values]


@job
def by_a_manager():
    managed()


@job
def of_no_plain_type():
    typed()


@job
def endless():
    endlessly(twice())


@job
def with_stars():
    any_number(twice())


@job
def by_the_season():
    if season() == "winter":
        twice()


defs = Definitions(jobs=[by_a_manager, of_no_plain_type, endless, with_stars, by_the_season])
