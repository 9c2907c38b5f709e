"""The yardstick of sealing does what it says."""

import pytest

from helhed.audit.models import Leaf
from helhed.commands.hatch_bench.sealing import sealing


@pytest.mark.django_db
def test_it_seals_what_it_wrote_and_finds_it_whole():
    found = sealing(700)
    assert found["size"] == Leaf.objects.count() == 700 and found["findings"] == 0
    assert found["seal_seconds"] > 0 and found["sealed_per_second"] > 0
