"""A file of half a gigabyte goes in without filling the memory."""

import subprocess
import sys

import pytest
from django.db import connections

from helhed.audit.actions import SYSTEM
from helhed.register.actions import receive
from helhed.register.models import Fact
from register.sent import BIF, HEADERS

MEASURE = """
import resource, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connections, transaction
from helhed.audit.actions import SYSTEM
from helhed.register.actions import receive
from helhed.register.models import Fact
settings.DELIVERY_FOLDER = Path(sys.argv[1])
for alias in ("default", "owner"):
    connections[alias].settings_dict["NAME"] = sys.argv[3]
with transaction.atomic():
    delivery = receive(by=SYSTEM, source="bif-fagsystem", folder=Path(sys.argv[2]))
    print(delivery.status, Fact.objects.filter(file__delivery=delivery).count())
    transaction.set_rollback(True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
PEOPLE = 20_000
ROW = "Y{:09};{};Kontanthjælp, aktivitetsparat;01-02-2020;31-12-2022;11.432,50\r\n"


def write(folder, rows: int) -> None:
    numbers = [f"61{1 + i % 12:02}{i // 12 % 37:02}{4000 + i // 444}" for i in range(PEOPLE)]
    people = "".join(f"{number};Fornavn;Efternavn;N\r\n" for number in numbers)
    (folder / "BIF_PERSONER_FULD_1.csv").write_bytes(
        f"{HEADERS['BIF_PERSONER']}\r\n{people}".encode("cp1252")
    )
    with (folder / "BIF_YDELSER_FULD_1.csv").open("wb") as file:
        file.write(f"{HEADERS['BIF_YDELSER']}\r\n".encode("cp1252"))
        for first in range(0, rows, 10_000):
            some = (ROW.format(i, numbers[i % PEOPLE]) for i in range(first, first + 10_000))
            file.write("".join(some).encode("cp1252"))


@pytest.mark.django_db
def test_a_file_of_several_pieces_goes_in(tmp_path):
    write(tmp_path, 300_000)
    assert (tmp_path / "BIF_YDELSER_FULD_1.csv").stat().st_size > 20_000_000
    delivery = receive(by=SYSTEM, source=BIF, folder=tmp_path)
    assert delivery.status == "received" and Fact.objects.count() == 300_000
    last = Fact.objects.get(source_key="Y000299999")
    assert last.line == 300_001 and last.amount_oere == 1143250


@pytest.mark.slow
@pytest.mark.django_db
def test_half_a_gigabyte_stays_well_below_four(tmp_path):
    write(tmp_path, 6_400_000)
    assert (tmp_path / "BIF_YDELSER_FULD_1.csv").stat().st_size > 500_000_000
    database = connections["default"].settings_dict["NAME"]
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "deliveries"), str(tmp_path), database]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert said[:2] == ["received", "6400000"] and int(said[2]) < 2_000_000_000
