"""Delays between retries: Dagster's numbers, and the engine really waits them."""

import itertools
import random
import time

import pytest

pytestmark = pytest.mark.xdist_group("support")


@pytest.mark.parametrize("backoff", ["CONSTANT", "LINEAR", "EXPONENTIAL"])
@pytest.mark.parametrize("jitter", [None, "FULL", "PLUS_MINUS"])
def test_the_delays_are_those_of_the_legacy_policy(backoff: str, jitter: str | None) -> None:
    import dagster as dg
    from prefect_support import retries

    policy = dg.RetryPolicy(
        max_retries=4,
        delay=1.5,
        backoff=None if backoff == "CONSTANT" else dg.Backoff(backoff),
        jitter=dg.Jitter(jitter) if jitter else None,
    )
    delays = getattr(retries, backoff.lower())(1.5, 4)
    if jitter == "FULL":
        delays = retries.full_jitter(delays)
    elif jitter == "PLUS_MINUS":
        delays = retries.plus_minus(delays, 1.5)

    random.seed(11)
    legacy = [policy.calculate_delay(attempt) for attempt in range(1, 5)]
    random.seed(11)
    target = [delays[place] for place in range(4)]
    assert target == pytest.approx(legacy)
    assert len(delays) == 4


@pytest.mark.real
def test_the_engine_draws_a_new_wait_for_each_retry(prefect: str) -> None:
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect_support.retries import constant, full_jitter

    calls: list[float] = []

    @task(retries=3, retry_delay_seconds=full_jitter(constant(0.6, 3)), cache_policy=NO_CACHE)
    def stubborn() -> int:
        calls.append(time.monotonic())
        if len(calls) < 4:
            raise ValueError("not yet")
        return len(calls)

    @flow
    def insist() -> int:
        return stubborn()

    random.seed(3)
    assert insist() == 4
    waits = [later - earlier for earlier, later in itertools.pairwise(calls)]
    assert len({round(wait, 2) for wait in waits}) == 3
    assert min(waits) < 0.5  # a plain list would wait 0.6 at least
