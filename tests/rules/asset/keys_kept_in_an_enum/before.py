from enum import Enum

import dagster as dg


class Keys(Enum):
    FILES = "files"
    SCALES = "scales"


class Names(str, Enum):
    GROUP = "metals"


class Constants:
    OWNER = "team:ore"


class Files(dg.ConfigurableIOManager):
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return 1


class Scales(dg.ConfigurableResource):
    unit: str = "g"


scales = Scales()
RESOURCES = {Keys.FILES.value: Files(), Keys.SCALES.value: scales}


@dg.asset(io_manager_key=Keys.FILES.value, group_name=Names.GROUP, owners=[Constants.OWNER])
def gold(scales: Scales) -> int:
    return 1


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[gold], jobs=[everything], resources=RESOURCES)
