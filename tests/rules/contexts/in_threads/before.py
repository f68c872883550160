import asyncio
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

from dagster import AssetExecutionContext, OpExecutionContext, asset, op


def watch(lines: list[str], context: OpExecutionContext) -> None:
    for line in lines:
        context.log.info(line)


def said(context: OpExecutionContext, line: str) -> None:
    context.log.info(line)


def clean(line: str) -> str:
    return line.strip()


@op
def watched(context: OpExecutionContext) -> None:
    thread = threading.Thread(target=watch, args=(["a"], context))
    thread.start()
    thread.join()
    said(context, "done")


@op
def later(context: OpExecutionContext) -> None:
    def tell() -> None:
        context.log.info("late")

    threading.Timer(0.1, tell).start()
    threading.Timer(0.1, function=lambda: context.log.info("later")).start()
    threading.Thread(None, tell).start()


@asset
def pages(context: AssetExecutionContext) -> list[str]:
    def fetch(page: int) -> str:
        note(page)
        return str(page)

    def note(page: int) -> None:
        context.log.info(f"page {page}")

    with ThreadPoolExecutor(max_workers=2) as pool, ProcessPoolExecutor() as others:
        found = list(pool.map(fetch, range(3)))
        found += [pool.submit(said, context, "x").result() or ""]
        return list(pool.map(clean, found)) + list(others.map(clean, found))


@asset
async def more_pages(context: AssetExecutionContext) -> list[str]:
    def fetch(page: int) -> str:
        context.log.info(f"page {page}")
        return str(page)

    workers = ThreadPool(2)
    found = workers.map(fetch, range(3)) + list(map(fetch, range(2)))
    return [*found, await asyncio.get_running_loop().run_in_executor(None, fetch, 9)]
