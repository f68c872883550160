import dagster as dg
from dagster._annotations import deprecated, public


class Naming:
    """Names."""

    @public
    @staticmethod
    def key(name: str) -> str:
        # kept
        return name.lower()

    @deprecated(breaking_version="2.0", additional_warn_text="use key")
    @public
    def old_key(self, name: str) -> str:
        return self.key(name)


@public
def helper() -> str:
    return "x"


@public
@dg.asset
def both() -> str:
    return "x"
