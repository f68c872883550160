from collections.abc import Iterator

from dagster import asset


@asset
def ducks() -> list[int]:
    def counted() -> Iterator[int]:
        yield 1
        yield from range(2)

    return list(counted())
