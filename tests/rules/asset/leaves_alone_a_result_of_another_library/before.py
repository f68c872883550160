"""Results spelled like dagster's."""

from elsewhere import MaterializeResult, Output


def made(rows):
    return MaterializeResult(metadata={"rows": len(rows)})


def kept():
    result = Output(3)
    return result


def helped():
    return made([1])
