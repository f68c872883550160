from dagster import ConfigurableIOManagerFactory
from dagster_aws.s3 import PickledObjectS3IOManager


class Stores(ConfigurableIOManagerFactory):
    folder: str

    def create_io_manager(self, context):
        return PickledObjectS3IOManager(s3_bucket=self.folder, s3_session=context.resources.s3)
