import os

import dagster as dg

SLOW = os.environ.get("SLOW") == "1"


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=3) if SLOW else None)
def one() -> int:
    return 1


@dg.op(retry_policy=None if SLOW else dg.RetryPolicy(max_retries=1, delay=2))
def two() -> int:
    return 1
