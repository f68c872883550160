"""An asset asks for the client; a class of the project stores through it."""

from dagster import ConfigurableIOManager, Definitions, asset
from dagster_gcp import GCSResource


class Texts(ConfigurableIOManager):
    gcs: GCSResource
    bucket: str

    def handle_output(self, context, obj: str) -> None:
        self.gcs.get_client().bucket(self.bucket).blob(context.asset_key.path[-1]).upload_from_string(obj)

    def load_input(self, context) -> str:
        return self.gcs.get_client().bucket(self.bucket).blob(context.asset_key.path[-1]).download_as_text()


class Ours(GCSResource):
    folder: str = "raw"


gcs = GCSResource(project="lake")


@asset
def letter(gcs: GCSResource) -> str:
    return str(gcs.get_client().project)


defs = Definitions(assets=[letter], resources={"gcs": gcs, "ours": Ours(), "io_manager": Texts(gcs=gcs, bucket="raw")})
