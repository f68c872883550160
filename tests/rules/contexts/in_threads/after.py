import asyncio
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

from prefect import get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.task_context import TaskContext
from prefect_support.threads import in_run


def watch(lines: list[str], context: TaskContext) -> None:
    for line in lines:
        context.log.info(line)


def said(context: TaskContext, line: str) -> None:
    context.log.info(line)


def clean(line: str) -> str:
    return line.strip()


@task(cache_policy=NO_CACHE)
def watched() -> None:
    context = TaskContext()
    thread = threading.Thread(target=in_run(watch), args=(["a"], context))
    thread.start()
    thread.join()
    said(context, "done")


@task(cache_policy=NO_CACHE)
def later() -> None:
    def tell() -> None:
        get_run_logger().info("late")

    threading.Timer(0.1, in_run(tell)).start()
    threading.Timer(0.1, function=in_run(lambda: get_run_logger().info("later"))).start()
    threading.Thread(None, in_run(tell)).start()


@materialize(
    Asset(key="asset://pages", properties=AssetProperties(name="pages")),
    cache_policy=NO_CACHE,
)
def pages() -> list[str]:
    context = TaskContext("asset://pages")
    def fetch(page: int) -> str:
        note(page)
        return str(page)

    def note(page: int) -> None:
        get_run_logger().info(f"page {page}")

    with ThreadPoolExecutor(max_workers=2) as pool, ProcessPoolExecutor() as others:
        found = list(pool.map(in_run(fetch), range(3)))
        found += [pool.submit(in_run(said), context, "x").result() or ""]
        return list(pool.map(clean, found)) + list(others.map(clean, found))


@materialize(
    Asset(key="asset://more_pages", properties=AssetProperties(name="more_pages")),
    cache_policy=NO_CACHE,
)
async def more_pages() -> list[str]:
    def fetch(page: int) -> str:
        get_run_logger().info(f"page {page}")
        return str(page)

    workers = ThreadPool(2)
    found = workers.map(in_run(fetch), range(3)) + list(map(fetch, range(2)))
    return [*found, await asyncio.get_running_loop().run_in_executor(None, in_run(fetch), 9)]
