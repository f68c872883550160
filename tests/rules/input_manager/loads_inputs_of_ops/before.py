from dagster import In, IOManager, Definitions, InputManager, input_manager, io_manager, job, op, Nothing


class Table(InputManager):
    def load_input(self, context):
        context.log.info(context.name)
        return [1, 2]


@input_manager
def table():
    return Table()


@input_manager
def lines():
    return ["a"]


class Upstream(IOManager):
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return context.upstream_output.name


@io_manager
def upstream():
    return Upstream()


@op(ins={"frame": In(input_manager_key="table_manager")})
def alone(frame):
    """Says it."""
    print(frame)
    return 3


@op
def before():
    return 1


@op(ins={"x": In(input_manager_key="lines_manager"), "after": In(Nothing)})
def connected(x, y):
    return x


@op(ins={"x": In(input_manager_key="upstream_manager")})
def asking(x):
    return x


@job(resource_defs={"table_manager": table})
def unconnected_job():
    alone()


@job(resource_defs={"lines_manager": lines})
def connected_job():
    connected(before(), y=before.alias("other")())


@job(resource_defs={"upstream_manager": upstream})
def asking_job():
    asking(before())


defs = Definitions(jobs=[unconnected_job, connected_job, asking_job])
