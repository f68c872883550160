import os

from pydantic import BaseModel


class Database(BaseModel):
    path: str
    threads: int = 1


def database() -> Database:
    return Database(path=os.environ["SHOP_DB"], threads=2)
