import dagster as dg
from dagster import DagsterType, TypeCheck, check_dagster_type

Even = DagsterType(lambda _, value: TypeCheck(value % 2 == 0, "even or not"), name="Even")


def is_even(value: int) -> bool:
    return check_dagster_type(Even, value).success


def is_odd(value: int) -> bool:
    said = dg.check_dagster_type(value=value, dagster_type=Even)
    return not said.success


def is_number(value: object) -> bool:
    return check_dagster_type(dg.Int, value).success
