import os

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.temporary_files import system_folder


class Folder(BaseModel):
    base_path: str = system_folder()

    def path(self, name: str) -> str:
        return os.path.join(self.base_path or system_folder(), name)


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(folder: Folder) -> str:
    return folder.path("report")


def folder() -> Folder:
    return Folder()
