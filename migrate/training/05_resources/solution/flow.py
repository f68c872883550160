"""The same till in Prefect."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prefect import flow, task
from pydantic import BaseModel

DIARY: list[str] = []

# Prefect has no resources either: an object with settings is a pydantic model (or a Block, when its settings
# should be kept on the server), and what is opened and closed around a run is a context manager.


class Till(BaseModel):
    shop: str
    currency: str = "EUR"

    def sell(self, price: int) -> None:
        if price <= 0:
            raise ValueError(f"nothing costs {price}")
        DIARY.append(f"{price} {self.currency}")


@contextmanager
def till() -> Iterator[Till]:
    opened = Till(shop=os.environ["SHOP"])
    DIARY.append(f"open {opened.shop}")
    try:
        yield opened
    finally:
        DIARY.append("close")


@task
def sale(till: Till, price: int) -> None:
    till.sell(price)


@flow
def day(price: int) -> None:
    with till() as opened:
        sale(opened, price)
