# nothing of dagster's
from mylib import public


class Translator:
    @public
    def key(self) -> str:
        return "a"
