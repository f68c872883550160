from dagster import Definitions, IOManager, graph, io_manager, op


class Shelf(IOManager):
    def handle_output(self, context, obj) -> None:
        print(obj)

    def load_input(self, context) -> int:
        return 1


@io_manager
def shelf():
    return Shelf()


@op
def make() -> int:
    return 1


@op
def show(number: int) -> None:
    print(number)


@graph
def making():
    show(make())


in_memory = making.to_job(name="in_memory")
stored = making.to_job(name="stored", resource_defs={"io_manager": shelf})

defs = Definitions(jobs=[in_memory, stored])
