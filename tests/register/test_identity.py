"""Numbers that change, two persons that are one, and two again."""

from datetime import date

import pytest

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register import questions
from helhed.register.actions import change_identifier, merge, unmerge
from helhed.register.models import Identifier, Person
from helhed.rules.errors import RefusedError
from register.sent import ANNA, BIF, BO, CARL, DORTE, PEOPLE, SOF, dashed

pytestmark = pytest.mark.django_db


def person(number: str) -> Person:
    (row,) = questions.find(number)
    return Person.objects.get(pk=row.id)


def test_a_new_number_is_the_same_person(bif, deliver):
    anna = person(ANNA)
    change_identifier(by=SYSTEM, old=dashed(ANNA), new=CARL, on=date(2022, 3, 1))
    assert person(ANNA) == person(CARL) == anna
    assert questions.find(CARL)[0].number == dashed(CARL)
    spans = Identifier.objects.filter(known_to=None, person=anna).order_by("valid_from")
    assert [(i.value, i.valid_from, i.valid_to) for i in spans] == [
        (CARL, date(2022, 3, 1), None),
        (ANNA, None, date(2022, 3, 1)),
    ]
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": [f"O;Y9;{CARL};Sygedagpenge;01-01-2022;;"]})
    assert later.status == "received" and len(questions.facts_of(anna.id)) == 2
    assert Event.objects.get(action="change-identifier").person_key == anna.key


@pytest.mark.parametrize(
    ("old", "new", "on", "said"),
    [
        ("123", CARL, date(2022, 1, 1), "ten digits"),
        (CARL, "6101801112", date(2022, 1, 1), "not in the register"),
        (ANNA, BO, date(2022, 1, 1), "Merge the two"),
    ],
)
def test_a_change_of_number_that_cannot_be(bif, old, new, on, said):
    with pytest.raises(RefusedError, match=said):
        change_identifier(by=SYSTEM, old=old, new=new, on=on)


def test_a_number_cannot_change_before_it_was_valid(bif):
    change_identifier(by=SYSTEM, old=ANNA, new=CARL, on=date(2022, 3, 1))
    with pytest.raises(RefusedError, match="later day"):
        change_identifier(by=SYSTEM, old=CARL, new="6101801112", on=date(2022, 3, 1))


def test_two_persons_merged_are_read_as_one_and_can_be_two_again(bif, deliver):
    deliver(SOF, {"SOF_BORGERE": [f"{dashed(CARL)};Åkær, Anna Carla;Ja"], "SOF_SAGER": [
        f"S1;{dashed(CARL)};Primær;Hjemløseenheden;01-05-2021;31-12-9999"]})  # fmt: skip
    anna, carl = person(ANNA), person(CARL)
    row = merge(by=SYSTEM, kept=anna, gone=carl, reason="Samme person under to numre")
    assert {f.kind for f in questions.facts_of(anna.id)} == {"benefit", "social_case"}
    assert (
        questions.facts_of(carl.id) == []
        and person(CARL) == anna
        and questions.person_by_key(carl.key).id == anna.id
    )
    assert questions.find(ANNA)[0].protected and questions.number_of_people() == 3
    people, spells, _ = questions.facts()
    assert carl.id not in people["person"].to_pylist() and carl.id not in spells["person"].to_pylist()
    assert questions.families_of([carl.id]) == sorted([anna.id, carl.id])
    assert questions.facts(as_of=row.known_from.replace(year=2020))[0].num_rows == 0
    before = questions.facts([anna.id, carl.id])[1].num_rows
    unmerge(by=SYSTEM, merge=row)
    assert before == 2 and len(questions.facts_of(anna.id)) == len(questions.facts_of(carl.id)) == 1
    assert (
        questions.facts_of(anna.id, row.known_from) and len(questions.facts_of(anna.id, row.known_from)) == 2
    )
    lines = Event.objects.filter(action__contains="merge").order_by("pk").values_list("action", "person_key")
    both = {anna.key, carl.key}
    assert [action for action, _ in lines] == ["merge", "merge", "unmerge", "unmerge"]
    assert {key for _, key in lines[:2]} == {key for _, key in lines[2:]} == both


def test_children_of_the_merged_are_children_of_the_kept(deliver):
    people = [f"{dashed(n)};Efternavn, Fornavn;Nej" for n in (ANNA, BO, CARL)]
    deliver(SOF, {"SOF_BORGERE": people, "SOF_FAMILIE": [f"R1;{BO};{CARL};01-01-2016;"]})
    anna, bo, carl = person(ANNA), person(BO), person(CARL)
    merge(by=SYSTEM, kept=anna, gone=bo, reason="Samme")
    assert questions.children_of(anna.id, date(2020, 1, 1)) == [carl.id]
    assert questions.facts()[2].to_pylist()[0]["parent"] == anna.id


def test_a_merge_that_cannot_be(bif):
    anna, bo, dorte = person(ANNA), person(BO), person(DORTE)
    for kept, gone, reason in ((anna, anna, "x"), (anna, bo, " ")):
        with pytest.raises(RefusedError, match="two different"):
            merge(by=SYSTEM, kept=kept, gone=gone, reason=reason)
    row = merge(by=SYSTEM, kept=anna, gone=bo, reason="x")
    for kept, gone in ((anna, bo), (bo, dorte), (dorte, anna)):
        with pytest.raises(RefusedError, match="Unmerge them first"):
            merge(by=SYSTEM, kept=kept, gone=gone, reason="x")
    merge(by=SYSTEM, kept=anna, gone=dorte, reason="x")
    unmerge(by=SYSTEM, merge=row)
    with pytest.raises(RefusedError, match="already unmerged"):
        unmerge(by=SYSTEM, merge=row)


def test_people_are_found_by_name_in_danish_order(deliver):
    names = ["Zoe;Aagaard", "Anna;Ærø", "Bo;Ørum", "Åse;Åkær", "Anna Marie;Berg", "Ib;von Berg"]
    deliver(BIF, {"BIF_PERSONER": [f"61018011{i}{i};{name};N" for i, name in enumerate(names)]})
    assert [p.name for p in questions.find("a")] == ["Zoe Aagaard", "Anna Marie Berg", "Anna Ærø"]
    assert [p.name for p in questions.find("ÅKÆR")] == ["Åse Åkær"]
    assert [p.name for p in questions.find("marie, ANNA")] == ["Anna Marie Berg"]
    assert [p.name for p in questions.find("berg")] == ["Anna Marie Berg"]
    assert [p.name for p in questions.find("von berg")] == ["Ib von Berg"]
    assert questions.find("%") == questions.find("") == questions.find("6101809999") == []
    assert len(questions.find("a", limit=2)) == 2


def test_the_key_of_a_person(bif):
    row = questions.find(ANNA)[0]
    assert questions.keys_of([row.id]) == {row.id: row.key} and questions.person_by_key(row.key) == row
    assert len(questions.find("Åkær")) == 1 and len(PEOPLE) == questions.number_of_people()
