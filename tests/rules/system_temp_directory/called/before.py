import os

from dagster import ConfigurableResource, Definitions, asset
from dagster._seven.temp_dir import get_system_temp_directory


class Folder(ConfigurableResource):
    base_path: str = get_system_temp_directory()

    def path(self, name: str) -> str:
        return os.path.join(self.base_path or get_system_temp_directory(), name)


@asset
def report(folder: Folder) -> str:
    return folder.path("report")


defs = Definitions(assets=[report], resources={"folder": Folder()})
