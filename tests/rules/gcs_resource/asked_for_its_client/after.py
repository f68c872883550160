"""An asset asks for the client; a class of the project stores through it."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.gcs_storage import GCSStorage
from prefect_support.io import store


class Texts(BaseModel):
    gcs: GCSStorage
    bucket: str

    def handle_output(self, context, obj: str) -> None:
        self.gcs.get_client().bucket(self.bucket).blob(context.asset_key.path[-1]).upload_from_string(obj)

    def load_input(self, context) -> str:
        return self.gcs.get_client().bucket(self.bucket).blob(context.asset_key.path[-1]).download_as_text()


class Ours(GCSStorage):
    folder: str = "raw"


def gcs() -> GCSStorage:
    return GCSStorage(project="lake")


@materialize(
    Asset(key="asset://letter", properties=AssetProperties(name="letter")),
    cache_policy=NO_CACHE,
)
def letter(gcs: GCSStorage, io_manager: Texts) -> str:
    return store(io_manager, "asset://letter", str(gcs.get_client().project))


def ours() -> Ours:
    return Ours()


def io_manager() -> Texts:
    return Texts(gcs=gcs(), bucket="raw")
