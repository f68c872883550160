"""A class on top of another library's, whose method makes jobs: the class is refused, and so are they."""

from dagster import AssetSelection, Definitions, asset, define_asset_job
from dagster_factories import JobFactory


class Jobs(JobFactory):
    def made(self, wanted: list[dict[str, str]]) -> list[object]:
        jobs = []
        for one in wanted:
            jobs.append(define_asset_job(name=one["name"], selection=AssetSelection.all()))
        return jobs


@asset
def observed() -> int:
    return 1


