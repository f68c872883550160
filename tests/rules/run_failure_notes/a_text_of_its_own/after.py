from typing import Any


def text(context: Any) -> str:
    return context.failure_event.message


def made(channel):
    def found(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:12: make_slack_on_run_failure_sensor found: it is made inside "
            "a function. Write it as a function below @run_failure_sensor, and "
            "convert again."
        )
    return found


def told(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: make_slack_on_run_failure_sensor told: its text_fn asks "
        "Dagster's context. Write it as a function below @run_failure_sensor, "
        "and convert again."
    )
