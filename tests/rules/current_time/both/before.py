from dagster._time import get_current_datetime, get_current_timestamp


def age(since):
    return get_current_datetime() - since, get_current_timestamp()
