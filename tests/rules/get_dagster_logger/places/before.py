from dagster import get_dagster_logger

logger = get_dagster_logger()
named = get_dagster_logger("ducks")


def count(rows: list[int]) -> int:
    log = get_dagster_logger()
    log.info("counting")
    get_dagster_logger(__name__).info("counted")
    return len(rows)
