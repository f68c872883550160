import logging

from prefect_support.validations import run_logger

logger = logging.getLogger(__name__)
named = logging.getLogger("ducks")


def count(rows: list[int]) -> int:
    log = run_logger()
    log.info("counting")
    run_logger().info("counted")
    return len(rows)
