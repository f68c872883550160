import os

from prefect import task


def untold(name: str):
    common = {"name": os.environ["PREFIX"] + name, "group_name": "raw"}
    print(common["name"])

    @task
    def _untold(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:11: its arguments cannot be told by reading. Write what `**` "
            "stands for out in the decorator."
        )
        # return len(name)

    return _untold


def made(name: str):
    common = {"name": f"raw_{name}", "group_name": "raw"}
    print(common["name"])

    @task
    def _made(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:22: its arguments cannot be told by reading. Write what `**` "
            "stands for out in the decorator."
        )
        # return len(name)

    return _made


unknown = [untold(name) for name in os.listdir(".")]
orders = made("orders")
refunds = made("refunds")
