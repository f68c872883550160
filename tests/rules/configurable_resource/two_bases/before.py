from abc import ABC, abstractmethod

from dagster import ConfigurableResource


class Named:
    def title(self) -> str:
        return type(self).__name__


class Client(ConfigurableResource, ABC):
    @abstractmethod
    def ask(self) -> str: ...


class Web(Named, Client):
    url: str

    def ask(self) -> str:
        return self.url
