"""An op's input that a manager loads, whatever was made before it."""

from dagster import In, IOManager, job, op


class Numbers(IOManager):
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return 3


@op
def one():
    return 1


@op(ins={"number": In(input_manager_key="numbers")})
def shown(number):
    print(number)


@job(resource_defs={"numbers": Numbers()})
def showing():
    shown(one())
