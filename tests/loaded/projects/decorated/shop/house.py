"""The house's own decorators."""

import functools

import dagster as dg


def house_asset(owner, **options):
    """An asset of ours: only arguments."""

    def decorate(function):
        return dg.asset(owners=[f"team:{owner}"], group_name=owner, **options)(function)

    return decorate


def logged_asset(label):
    """An asset that says when it begins and ends."""

    def decorate(function):
        @dg.asset(name=function.__name__, tags={"label": label})
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            print(f"{label}: {function.__name__} begins")
            return function(*args, **kwargs)

        return wrapper

    return decorate
