import pytest

from helhed.synthetic.city import write_city
from synthetic.delivered import delivered


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """The whole city, as the demo writes it."""
    return write_city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="session")
def read(city):
    """The whole city as a careful reader sees it after all deliveries."""
    return delivered(city)
