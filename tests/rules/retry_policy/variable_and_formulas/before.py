import os

from dagster import Backoff, Jitter, RetryPolicy, asset

PATIENT = RetryPolicy(max_retries=int(os.environ["RETRIES"]), delay=2, jitter=Jitter.FULL)


@asset(retry_policy=PATIENT)
def gold() -> int:
    return 1


@asset(retry_policy=RetryPolicy(max_retries=4, delay=1, backoff=Backoff.EXPONENTIAL, jitter=Jitter.PLUS_MINUS))
def silver() -> int:
    return 1


@asset(retry_policy=RetryPolicy())
def copper() -> int:
    return 1
