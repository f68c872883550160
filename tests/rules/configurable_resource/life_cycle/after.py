from contextlib import contextmanager

from pydantic import BaseModel


class Safe(BaseModel):
    path: str

    def setup_for_execution(self) -> None:
        self._open = True

    def teardown_after_execution(self) -> None:
        raise NotImplementedError(
            "code.py:6: teardown_after_execution asks its context, which Prefect "
            "does not hand over. Take what it needs from a field of the class."
        )


class Vault(Safe):
    @contextmanager
    def yield_for_execution(self):
        yield self
