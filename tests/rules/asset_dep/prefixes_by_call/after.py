from typing import Any

from prefect.tasks import MaterializingTask


def build(trial: bool) -> list[MaterializingTask[..., Any]]:
    prefix = ["trial"] if trial else []

    def key(name: str) -> Any:
        return "asset://" + "/".join([*prefix, name])

    def raw(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:11: its key_prefix is another in each call of the function "
            "around it. Write a function for each of them."
        )
        # ...

    def clean(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:14: its key_prefix is another in each call of the function "
            "around it. Write a function for each of them."
        )
        # ...

    return [raw, clean]


real = build(trial=False)
tried = build(trial=True)
