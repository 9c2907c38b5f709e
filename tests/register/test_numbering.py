"""Small numbers are not used up by what stands already or by what is undone: 32,767 are all there are."""

import pytest
from django.db import transaction

from helhed.register.models import SourceTable, Term, Unit
from helhed.register.numbering import keep
from register.sent import BENEFITS, BIF, PEOPLE


class Undone(Exception):
    pass


def highest(model) -> int:
    return max(model.objects.values_list("pk", flat=True), default=0)


@pytest.mark.django_db
def test_a_delivery_again_spends_no_numbers(deliver, bif):
    before = {model: highest(model) for model in (Term, Unit, SourceTable)}
    assert before == {model: model.objects.count() for model in before}, "one by one from the first"
    for _time in range(3):
        deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS}, confirmed=True)
    assert before == {model: highest(model) for model in before}
    keep([Unit(key="bif/proeve"), *Unit.objects.all()], "key")
    assert Unit.objects.get(key="bif/proeve").pk == before[Unit] + 1


@pytest.mark.django_db
def test_what_is_undone_leaves_its_number_to_the_next():
    for _time in range(3):
        with pytest.raises(Undone), transaction.atomic():
            keep([Unit(key="bif/proeve")], "key")
            raise Undone
    before = highest(Unit)
    keep([Unit(key="bif/proeve"), Unit(key="bif/anden-proeve")], "key")
    assert highest(Unit) == before + 2


@pytest.mark.django_db
def test_a_row_that_stands_stays_as_it_is():
    keep([Term(kind="benefit", code="proeve")], "kind", "code")
    number = Term.objects.get(code="proeve").pk
    keep([Term(kind="benefit", code="proeve"), Term(kind="effort", code="proeve")], "kind", "code")
    assert Term.objects.get(kind="benefit", code="proeve").pk == number
    keep([], "kind", "code")
    assert Term.objects.filter(code="proeve").count() == 2
