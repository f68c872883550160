import os

FOLDER = os.path.abspath(os.path.join(os.path.dirname(__file__), "../data"))


def folder(name: str) -> str:
    return os.path.abspath(os.path.join(os.path.dirname(__file__), f"data/{name}"))
