from dagster import AssetOut, Definitions, IOManager, Output, io_manager, multi_asset


class Files(IOManager):
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return 1


@io_manager
def files():
    return Files()


@multi_asset(outs={"a": AssetOut(io_manager_key="files"), "b": AssetOut(io_manager_key="io_manager")})
def kept_in_two_ways():
    for name in ["a", "b"]:
        yield Output(name, output_name=name)


@multi_asset(outs={"c": AssetOut(), "d": AssetOut()})
def misspelt():
    yield Output(1, output_name="c")
    yield Output(2, output_name="dd")


defs = Definitions([kept_in_two_ways, misspelt], resources={"files": files})
