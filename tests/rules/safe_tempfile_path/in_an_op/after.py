from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.temporary_files import temporary_path


@task(cache_policy=NO_CACHE)
def lines() -> int:
    with temporary_path() as path:
        with open(path, "w") as file:
            file.write("a\nb\n")
        return len(open(path).readlines())


@flow(name="counting", task_runner=ThreadPoolTaskRunner())
def counting() -> State[Any]:
    lines_future = lines.submit()
    return settle(lines=lines_future)
