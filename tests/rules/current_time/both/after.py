from datetime import datetime, timezone


def age(since):
    return datetime.now(timezone.utc) - since, datetime.now(timezone.utc).timestamp()
