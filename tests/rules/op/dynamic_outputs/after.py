from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import items, output, settle


@task(cache_policy=NO_CACHE)
def split() -> list[Any]:
    """Cuts the work into pieces."""
    outputs: list[Any] = []
    for number in range(3):
        # a piece
        outputs.append(number)
    get_run_logger().info("split")
    return outputs


@task(cache_policy=NO_CACHE)
def names() -> list[str]:
    return [name for name in ("a", "b")]


@task(cache_policy=NO_CACHE)
def both() -> dict[str, Any]:
    outputs: dict[str, Any] = {"rows": []}
    outputs["rows"].append(1)
    outputs["total"] = 1
    return outputs


@task(cache_policy=NO_CACHE)
def work(piece: int, factor: int = 2) -> int:
    return piece * factor


@task(cache_policy=NO_CACHE)
def sort(piece: int):
    return {"even": piece, "odd": piece + 1}


@task(cache_policy=NO_CACHE)
def add(left: int, right: int) -> int:
    return left + right


@task(cache_policy=NO_CACHE)
def total(pieces: list[int]) -> int:
    return sum(pieces)


@task(cache_policy=NO_CACHE)
def one() -> int:
    return 1


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    split_future = split.submit()
    # one for each piece
    split_items = items(split_future)
    work_futures = [work.submit(item) for item in split_items]
    total_future = total.submit(work_futures)
    one_future = one.submit()
    work_2_futures = [
        work.with_options(name="work_2").submit(item, one_future)
        for item in split_items
    ]
    work_3_futures = [
        work.with_options(name="work_3").submit(item) for item in work_2_futures
    ]
    total_2_future = total.with_options(name="total_2").submit(work_3_futures)
    names_future = names.submit()
    names_items = items(names_future)
    work_4_futures = [
        work.with_options(name="work_4").submit(item) for item in names_items
    ]
    both_future = both.submit()
    both_rows_items = items(output(both_future, "rows"))
    work_5_futures = [
        work.with_options(name="work_5").submit(item) for item in both_rows_items
    ]
    add_futures = [
        add.submit(item, item_2)
        for item, item_2 in zip(work_5_futures, both_rows_items, strict=True)
    ]
    total_3_future = total.with_options(name="total_3").submit(add_futures)
    work_6_future = work.with_options(name="work_6").submit(
        output(both_future, "total")
    )
    sort_futures = [sort.submit(item) for item in split_items]
    total_4_future = total.with_options(name="total_4").submit(
        [output(item, "even") for item in sort_futures]
    )
    return settle(
        split=split_future,
        work=work_futures,
        total=total_future,
        one=one_future,
        work_2=work_2_futures,
        work_3=work_3_futures,
        total_2=total_2_future,
        names=names_future,
        work_4=work_4_futures,
        both=both_future,
        work_5=work_5_futures,
        add=add_futures,
        total_3=total_3_future,
        work_6=work_6_future,
        sort=sort_futures,
        total_4=total_4_future,
    )
