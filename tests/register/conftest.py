"""A short way to deliver files."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from helhed.audit.actions import SYSTEM
from helhed.register.actions import receive
from helhed.register.models import Delivery
from register.sent import BENEFITS, BIF, PEOPLE, write


@pytest.fixture(autouse=True)
def delivery_folder(settings, tmp_path):
    settings.DELIVERY_FOLDER = tmp_path / "deliveries"
    settings.DATA_FOLDER = tmp_path
    return settings.DELIVERY_FOLDER


@pytest.fixture
def deliver(tmp_path):
    """deliver(source, {table: rows}) or deliver(source, paths): the delivery as it ended."""

    def call(source: str, files: Mapping[str, list[str]] | list[Path], **options) -> Delivery:
        paths = files if isinstance(files, list) else write(tmp_path / "sent", files)
        return receive(by=SYSTEM, source=source, paths=paths, **options)

    return call


@pytest.fixture
def bif(deliver):
    """Three people with a benefit each, received."""
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS})
    assert delivery.status == "received", delivery.message_en
    return delivery
