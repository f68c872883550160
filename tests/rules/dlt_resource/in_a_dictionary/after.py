import dlt

from prefect_support.dlt_sources import DltRunner, dlt_source


class Louder(DltRunner):
    def shout(self) -> str:
        return "!"


def louder() -> Louder:
    return Louder()


def runner() -> DltRunner:
    return DltRunner()


@dlt.source
def shop():
    return []


@dlt_source(shop(), dlt.pipeline("shop", destination="duckdb"))
def loaded(dlt: DltRunner) -> None:
    dlt.run()
