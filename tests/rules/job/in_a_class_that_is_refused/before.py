"""A class on top of another library's, whose method makes a job: the class is refused, and so is the job."""

from dagster import Definitions, job, op
from dagster_factories import JobFactory


@op
def observe() -> int:
    return 1


class Jobs(JobFactory):
    def made(self, wanted: str) -> object:
        @job(name=wanted)
        def night() -> None:
            observe()

        return night


