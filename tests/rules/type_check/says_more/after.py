from prefect_support.value_types import TypeCheck, ValueType

Even = ValueType(lambda _, value: TypeCheck(value % 2 == 0, "even or not"), name="Even")


def is_even(value: int) -> bool:
    return Even.check(value).success


def is_odd(value: int) -> bool:
    said = Even.check(value)
    return not said.success


def is_number(value: object) -> bool:
    raise NotImplementedError(
        "code.py:16: dagster.check_dagster_type, dagster.Int is not converted. "
        "Write by hand what Prefect has in its place."
    )
