from prefect import task


class Files:
    def handle_output(self, context, obj):
        print(obj)

    def load_input(self, context):
        return 1


def files():
    return Files()


@task
def kept_in_two_ways(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:18: an output chosen while it runs, of outputs that are kept "
        "in different ways, (line 20) has no counterpart. Write the output's "
        "name out where it is yielded."
    )
    # for name in ["a", "b"]:
    #     yield Output(name, output_name=name)


@task
def misspelt(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:24: the output dd, which it does not have, (line 26) has no "
        "counterpart. Write the output's name out where it is yielded."
    )
    # yield Output(1, output_name="c")
    # yield Output(2, output_name="dd")
