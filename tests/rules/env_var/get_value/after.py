import os


def token() -> str | None:
    return os.environ.get("TOKEN")


def home() -> str:
    return os.environ.get("HOME", "/")
