from prefect_support.argument_checks import (
    CheckError,
    failed,
    inst_param,
    invariant,
    not_none,
)


def first(names):
    inst_param(names, "names", list)
    invariant(len(names) > 0, "empty")
    try:
        return not_none(names[0])
    except CheckError:
        failed("nobody")
