# nothing of dagster's
import check
from mylib import not_none


def first(names):
    check.inst(names, list)
    return not_none(names[0])
