

def key_of(name: str, parts: list[str]):
    return [
        "asset://gold",
        "asset://metals/gold",
        f"asset://metal_{name}",
        f"asset://metals/{name}",
        f"asset://{name}",
    ]
