"""What goes in, what it becomes, and that nothing goes in twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from helhed.audit.models import Event
from helhed.register import questions
from helhed.register.models import Change, Fact, Identifier, Person, PersonDetail, Relation
from register.sent import ANNA, BENEFITS, BIF, BO, CARL, DORTE, PEOPLE, SOF, dashed

pytestmark = pytest.mark.django_db
day = date.fromisoformat


def facts_of(number: str):
    (person,) = questions.find(number)
    return questions.facts_of(person.id)


def counts(delivery, table: str):
    file = delivery.files.get(table__name=table)
    return {
        name: getattr(file, name)
        for name in ("read", "new", "changed", "unchanged", "deleted", "rejected", "closed")
        if getattr(file, name)
    }


def state():
    """Everything known of facts, to compare before and after."""
    rows = Fact.objects.order_by("id").values_list("id", "person", "term", "true_from", "true_to", "known_to")
    return list(rows), Person.objects.count(), Identifier.objects.count(), PersonDetail.objects.count()


def test_a_row_becomes_a_fact(bif):
    (fact,) = facts_of(ANNA)
    assert (fact.kind, fact.code, fact.unit) == ("benefit", "kontanthjaelp/aktivitetsparat", "")
    assert (fact.true_from, fact.true_to, fact.amount_oere) == (day("2020-02-01"), None, 1143250)
    assert (fact.source, fact.administration, fact.table, fact.source_key, fact.line) == (
        BIF,
        "bif",
        "BIF_YDELSER",
        "Y1",
        2,
    )
    assert fact.known_from == bif.received_at and fact.delivery == bif.pk


def test_the_last_day_is_the_day_before_the_end(bif):
    (fact,) = facts_of(BO)
    assert (fact.true_from, fact.true_to, fact.amount_oere) == (day("2020-03-01"), day("2020-04-01"), None)


def test_names_numbers_and_protection_come_from_the_file_of_people(bif):
    (dorte,) = questions.find(dashed(DORTE))
    assert (dorte.name, dorte.number, dorte.birth_date) == ("Dorte Ørum", "640482-4444", day("1982-04-04"))
    assert dorte.protected and not questions.find(ANNA)[0].protected
    assert Identifier.objects.get(value=DORTE).kind == "erstatning"


def test_one_number_in_two_sources_is_one_person(bif, deliver):
    people = [f"{dashed(ANNA)};Åkjær, Anna;Ja", f"{dashed(CARL)};Corneliussen, Carl;Nej"]
    cases = [f"S1;{dashed(ANNA)};Primær;Hjemløseenheden;01-05-2021;31-12-9999"]
    delivery = deliver(SOF, {"SOF_BORGERE": people, "SOF_SAGER": cases})
    assert delivery.status == "received" and Person.objects.count() == 4
    (anna,) = questions.find(ANNA)
    assert anna.name == "Anna Åkær"  # the source that comes first
    assert anna.protected  # either source may say so
    unit = "sof/borgercenter-voksne/hjemloeseenheden"
    assert [(f.kind, f.unit) for f in questions.facts_of(anna.id)] == [("benefit", ""), ("social_case", unit)]


def test_a_service_without_a_paragraph_is_read_by_its_name(deliver):
    services = [
        f'I1;{dashed(ANNA)};SEL § 107;"Midlertidigt botilbud; akut";Psykiatrienheden;01-01-2021;31-12-9999;1.000,5',
        f"I2;{dashed(ANNA)};;boligrådgivning;;01-01-2021;31-12-9999;",
    ]
    deliver(SOF, {"SOF_BORGERE": [f"{dashed(ANNA)};Åkær, Anna;Nej"], "SOF_INDSATSER": services})
    first, second = facts_of(ANNA)
    assert (first.code, first.amount_oere) == ("SEL-107", 100050)
    assert (second.code, second.unit) == ("boligraadgivning", "")


def test_parents_and_children(deliver):
    people = [f"{dashed(n)};Efternavn, Fornavn;Nej" for n in (ANNA, CARL)]
    family = [f"R1;{dashed(ANNA)};{dashed(CARL)};03-03-2015;31-12-9999"]
    deliver(SOF, {"SOF_BORGERE": people, "SOF_FAMILIE": family})
    (anna,), (carl,) = questions.find(ANNA), questions.find(CARL)
    assert questions.children_of(anna.id, day("2015-03-03")) == [carl.id]
    assert questions.children_of(anna.id, day("2015-03-02")) == []
    assert questions.families_of([carl.id]) == sorted([anna.id, carl.id])
    assert Relation.objects.count() == 1


def test_the_same_delivery_twice_changes_nothing(bif, deliver):
    before = state()
    again = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS})
    assert again.status == "received" and state() == before
    assert counts(again, "BIF_YDELSER") == counts(again, "BIF_PERSONER") == {"read": 3, "unchanged": 3}
    assert not again.touches_everyone and not Change.objects.filter(delivery=again).exists()


def test_a_changed_row_closes_what_was_known_and_adds_what_is(bif, deliver):
    rows = [BENEFITS[0], BENEFITS[1].replace("31-03-2020", "30-04-2020"), BENEFITS[2]]
    later = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": rows})
    assert counts(later, "BIF_YDELSER") == {"read": 3, "changed": 1, "unchanged": 2}
    old, new = Fact.objects.filter(source_key="Y2").order_by("id")
    assert (old.known_from, old.known_to) == (bif.received_at, later.received_at)
    assert (new.known_from, new.known_to, new.true_to) == (later.received_at, None, day("2020-05-01"))
    (change,) = Change.objects.filter(delivery=later)
    assert (change.kinds, change.new, change.changed, change.closed) == (["benefit"], 0, 1, 0)
    assert questions.touched_by(later) == [questions.find(BO)[0].id]


def test_what_was_known_at_a_moment_can_be_asked_for(bif, deliver):
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": ["S;Y1;;;;;"]})
    (anna,) = questions.find(ANNA)
    assert questions.facts_of(anna.id) == []
    assert [f.source_key for f in questions.facts_of(anna.id, bif.received_at)] == ["Y1"]
    assert questions.facts(as_of=bif.received_at)[1].num_rows == 3
    assert questions.facts(as_of=later.received_at)[1].num_rows == questions.facts()[1].num_rows == 2
    assert questions.facts(as_of=bif.received_at - timedelta(seconds=1))[0].num_rows == 0


def test_a_full_file_closes_what_it_no_longer_has(deliver, settings):
    settings.CLOSING_LIMIT = 0.5
    deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS})
    later = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS[:2]})
    assert counts(later, "BIF_YDELSER") == {"read": 2, "unchanged": 2, "closed": 1}
    assert facts_of(DORTE) == [] and Fact.objects.count() == 3


def test_a_rejected_row_does_not_close_what_is_known_of_it(bif, deliver):
    rows = [BENEFITS[0], BENEFITS[1], BENEFITS[2].replace("Ledighedsydelse", "Noget andet")]
    later = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": rows})
    assert counts(later, "BIF_YDELSER") == {"read": 3, "unchanged": 2, "rejected": 1}
    assert len(facts_of(DORTE)) == 1


def test_a_delta_creates_corrects_and_deletes(bif, deliver):
    rows = [
        f"O;Y4;{ANNA};Sygedagpenge;01-01-2022;;",
        f"R;Y2;{BO};KTH jobparat;01-03-2020;30-06-2020;",
        "S;Y3;;;;;",
        "S;Y9;;;;;",
        f"X;Y5;{ANNA};Sygedagpenge;01-01-2022;;",
    ]
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": rows})
    assert counts(later, "BIF_YDELSER") == {"read": 5, "new": 1, "changed": 1, "deleted": 1, "rejected": 2}
    again = deliver(BIF, {"BIF_YDELSER_AENDRING": rows})
    assert counts(again, "BIF_YDELSER") == {"read": 5, "unchanged": 3, "rejected": 2}


def test_of_several_changes_of_a_row_the_last_counts(bif, deliver):
    rows = [f"R;Y1;{ANNA};Sygedagpenge;01-02-2020;;", f"R;Y1;{ANNA};Førtidspension;01-02-2020;;"]
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": rows})
    assert counts(later, "BIF_YDELSER") == {"read": 2, "changed": 1, "unchanged": 1}
    assert [f.code for f in facts_of(ANNA)] == ["foertidspension"]


def test_a_first_delivery_touches_everyone_and_a_small_one_those_it_touches(bif, deliver):
    assert bif.touches_everyone and not Change.objects.exists()
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": [f"O;Y4;{ANNA};Sygedagpenge;01-01-2022;;"]})
    assert not later.touches_everyone and questions.touched_by(later) == [questions.find(ANNA)[0].id]


def test_a_row_that_moves_to_another_person_touches_both(bif, deliver):
    more = deliver(BIF, {"BIF_PERSONER_AENDRING": [f"O;62028122{i};Ny;Ny;N" for i in range(30, 40)]})
    assert more.status == "received"
    later = deliver(BIF, {"BIF_YDELSER_AENDRING": [f"R;Y1;{BO};Sygedagpenge;01-02-2020;;"]})
    assert questions.touched_by(later) == sorted(questions.find(n)[0].id for n in (ANNA, BO))


def test_each_delivery_is_one_line_in_the_log(bif):
    (event,) = Event.objects.filter(action="receive")
    assert event.actor == "system" and event.object == f"delivery {bif.pk} of {BIF}: received"


def test_a_delivery_cannot_be_older_than_the_last(bif, deliver):
    early = deliver(BIF, {"BIF_YDELSER": BENEFITS}, received_at=bif.received_at)
    late = deliver(BIF, {"BIF_YDELSER": BENEFITS}, received_at=timezone.now() + timedelta(days=1))
    assert early.status == late.status == "refused" and "Ret tidspunktet" in early.message_da


def test_facts_have_the_shape_the_engines_take(bif):
    people, spells, relations = questions.facts()
    assert str(people.schema.field("birth_date").type) == "date32[day]" and people.num_rows == 3
    assert spells.column_names == ["person", "kind", "code", "unit", "start", "end"]
    row = next(r for r in spells.to_pylist() if r["code"] == "ledighedsydelse")
    assert (row["kind"], row["unit"], row["start"], row["end"]) == (
        "benefit",
        None,
        day("2021-01-15"),
        day("2022-01-01"),
    )
    assert relations.column_names == ["parent", "child", "start", "end"] and relations.num_rows == 0
    some = questions.facts([questions.find(BO)[0].id])
    assert [table.num_rows for table in some] == [1, 1, 0]
