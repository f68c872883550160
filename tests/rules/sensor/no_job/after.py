

def inbox(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:5: its job cannot be told by reading. Name the deployment to "
        "start."
    )
    # return RunRequest()
