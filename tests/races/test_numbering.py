"""Several who put the same new unit there at once: it stands once, and each other one has a number of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from helhed.register.models import Unit
from helhed.register.numbering import keep

AT_ONCE, TIMES = 3, 10


def test_each_has_a_number_of_its_own(world):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for time in range(TIMES):
            gate = threading.Barrier(AT_ONCE)

            def put(number: int, time: int = time, gate: threading.Barrier = gate) -> None:
                gate.wait()
                keep([Unit(key=f"bif/faelles-{time}"), Unit(key=f"bif/egen-{time}-{number}")], "key")

            list(pool.map(put, range(AT_ONCE)))
        list(pool.map(lambda _: connections.close_all(), range(AT_ONCE)))
    kept = Unit.objects.filter(key__startswith="bif/egen-").values_list("pk", flat=True)
    assert len(set(kept)) == AT_ONCE * TIMES
    assert Unit.objects.filter(key__startswith="bif/faelles-").count() == TIMES
