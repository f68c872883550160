import dagster as dg


def token() -> str | None:
    return dg.EnvVar("TOKEN").get_value()


def home() -> str:
    return dg.EnvVar("HOME").get_value(default="/")
