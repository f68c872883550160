import os

from pydantic import BaseModel


class Database(BaseModel):
    path: str
    threads: int = 1
    unused: str = "x"


def database() -> Database:
    return Database(path=os.environ["SHOP_DB"], threads=2)
