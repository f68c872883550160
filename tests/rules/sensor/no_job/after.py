

def inbox(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:5: its selection cannot be resolved by reading: nothing that "
        "was read is in it. Name the deployment to start."
    )
    # return RunRequest()
