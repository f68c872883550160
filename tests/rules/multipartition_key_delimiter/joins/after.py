

def parts(key: str) -> list[str]:
    return key.split("|")
