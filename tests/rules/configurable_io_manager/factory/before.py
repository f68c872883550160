from dagster import ConfigurableIOManagerFactory


class Stores(ConfigurableIOManagerFactory):
    folder: str

    def create_io_manager(self, context):
        return self.folder
