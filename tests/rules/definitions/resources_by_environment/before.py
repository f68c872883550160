import os

from dagster import ConfigurableIOManager, ConfigurableResource, Definitions, EnvVar, asset


class Api(ConfigurableResource):
    host: str


class Files(ConfigurableIOManager):
    folder: str

    def handle_output(self, context, obj):
        print(self.folder, obj)

    def load_input(self, context):
        return self.folder


class Bucket(Files):
    key: str


environment = os.getenv("ENVIRONMENT", "dev")
local_files = Files(folder="data")
shared = {"api": Api(host=EnvVar("HOST"))}
resources_by_environment = {
    "dev": {**shared, "io_manager": local_files, "mail": Api(host="nobody")},
    "production": shared
    | {
        "io_manager": Bucket(folder="s3", key=EnvVar("KEY")),
        "mail": Api(host=EnvVar("MAIL")),
        "only_here": Api(host="x"),
    },
}
if environment == "production":
    more = {"clock": Api(host="production")}
else:
    more = {"clock": Api(host="elsewhere")}


@asset
def orders(api: Api, mail: Api, clock: Api) -> str:
    return api.host + mail.host + clock.host


defs = Definitions(assets=[orders], resources={**resources_by_environment[environment], **more})
