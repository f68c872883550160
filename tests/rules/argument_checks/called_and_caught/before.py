import dagster._check as checks
from dagster import _check as check
from dagster._check import CheckError, inst_param


def first(names):
    inst_param(names, "names", list)
    checks.invariant(len(names) > 0, "empty")
    try:
        return check.not_none(names[0])
    except CheckError:
        check.failed("nobody")
