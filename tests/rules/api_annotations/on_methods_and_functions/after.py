

class Naming:
    """Names."""

    @staticmethod
    def key(name: str) -> str:
        # kept
        return name.lower()

    def old_key(self, name: str) -> str:
        return self.key(name)


def helper() -> str:
    return "x"


def both(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: it stands above another decorator of Dagster's. Take the "
        "annotation away."
    )
    # return "x"
