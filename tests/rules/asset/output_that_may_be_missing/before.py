import random

from dagster import Output, asset


@asset(output_required=False)
def gold():
    if random.random() < 0.5:
        yield Output(1)


@asset(output_required=False)
def silver():
    return 2
