# what `defs.yaml` is read as: tests/converter/test_components.py has the YAML

def nightly(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:5: Schedule nightly: shop.lib.Schedule in YAML: this type of "
        "component is not converted. Write in Python what its build_defs "
        "returns (`dg list defs` shows it), and convert again."
    )


def copies(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:6: SlingReplicationCollectionComponent copies: "
        "dagster_sling.SlingReplicationCollectionComponent in YAML: the "
        "template env.X is not converted. Write it as `@sling_assets` in "
        "Python, which converts."
    )
