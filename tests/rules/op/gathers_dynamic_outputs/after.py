from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import items, settle


@task(cache_policy=NO_CACHE)
def pages() -> list[str]:
    outputs = []
    for number in range(2):
        outputs.append(f"page {number}")
    return outputs


@task(cache_policy=NO_CACHE)
def letters():
    found = [letter for letter in "ab"]
    found += ["c"]
    return found


@task(cache_policy=NO_CACHE)
def shown(item):
    print(item)


@flow(name="reading", task_runner=ThreadPoolTaskRunner())
def reading() -> State[Any]:
    pages_future = pages.submit()
    pages_items = items(pages_future)
    shown_futures = [shown.submit(item) for item in pages_items]
    letters_future = letters.submit()
    letters_items = items(letters_future)
    shown_2_futures = [
        shown.with_options(name="shown_2").submit(item) for item in letters_items
    ]
    return settle(
        pages=pages_future,
        shown=shown_futures,
        letters=letters_future,
        shown_2=shown_2_futures,
    )
