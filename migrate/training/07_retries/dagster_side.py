"""A feed that fails now and then, and a publication that must not stay half done, in Dagster."""

import json
import os
import tempfile
from pathlib import Path

import dagster as dg

ATTEMPTS: list[str] = []
PAGE = Path(os.environ.get("PAGE") or tempfile.mkdtemp()) / "page.txt"


def ask_the_feed(kind: str) -> int:
    """Fails twice with a timeout, then answers; a feed that is closed never does."""
    ATTEMPTS.append(kind)
    if kind == "closed":
        raise PermissionError("this feed is closed")
    if len(ATTEMPTS) < 3:
        raise TimeoutError("the feed took too long")
    return 42


class Feed(dg.Config):
    kind: str


# A policy for all that may pass; Failure(allow_retries=False) for what never will.
@dg.op(retry_policy=dg.RetryPolicy(max_retries=3, delay=0))
def prices(config: Feed) -> int:
    try:
        return ask_the_feed(config.kind)
    except PermissionError as problem:
        raise dg.Failure(str(problem), allow_retries=False) from problem


# Dagster has no transactions: a hook tidies up what a failed step left behind.
@dg.failure_hook
def take_the_page_down(context: dg.HookContext) -> None:
    PAGE.unlink(missing_ok=True)


@dg.op
def publish(price: int) -> int:
    PAGE.write_text(str(price))
    return price


@dg.op(config_schema={"works": bool})
def announce(context: dg.OpExecutionContext, price: int) -> None:
    if not context.op_config["works"]:
        raise ConnectionError("nobody listens")


@dg.job(hooks={take_the_page_down})
def news():
    announce(publish(prices()))


def outcome(kind: str, works: bool) -> dict:
    ATTEMPTS.clear()
    PAGE.unlink(missing_ok=True)
    config = {"ops": {"prices": {"config": {"kind": kind}}, "announce": {"config": {"works": works}}}}
    result = news.execute_in_process(run_config=config, raise_on_error=False)
    return {"success": result.success, "attempts": len(ATTEMPTS), "page": PAGE.is_file()}


if __name__ == "__main__":
    cases = {"slow": ("slow", True), "closed": ("closed", True), "unheard": ("slow", False)}
    print(json.dumps({name: outcome(*case) for name, case in cases.items()}))
