def database() -> str:
    return "the database"
