"""The states of a consent: a machine walked at random beside a model of it, and every rule broken with bare SQL."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from consent.conftest import asked, citizen, worker
from helhed.sharing.consent import actions
from helhed.sharing.consent.models import STATES, Consent, Record
from helhed.sharing.consent.standing import holding
from helhed.sharing.refusal import Refused

FOLLOWS = {
    "requested": {"given", "refused", "expired", "invalidated"},
    "given": {"withdrawn", "expired", "renewed", "invalidated"},
}


class Walk(RuleBasedStateMachine):
    """Verbs in any order: each does what the model says, or refuses and changes nothing."""

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.citizen = citizen()
        self.ids, self.model, self.written = [], {}, {}
        self.ask()

    @rule()
    def ask(self):
        number = asked(self.citizen)
        self.ids.append(number)
        self.model[number] = "requested"

    @rule(data=st.data(), answer=st.sampled_from(["give", "refuse"]))
    def answer(self, data, answer):
        number = data.draw(st.sampled_from(self.ids))
        verb = {"give": actions.give, "refuse": actions.refuse}[answer]
        after = {"give": "given", "refuse": "refused"}[answer]
        self.tried(number, "requested", after, lambda: verb(by=self.citizen, consent=number, language="da"))

    @rule(data=st.data(), heard=st.sampled_from(["", "oral", "paper"]))
    def withdraw(self, data, heard):
        number = data.draw(st.sampled_from(self.ids))
        if heard:
            act = partial(actions.withdraw_assisted, by=worker(), consent=number, heard=heard)
        else:
            act = partial(actions.withdraw, by=self.citizen, consent=number)
        self.tried(number, "given", "withdrawn", act)

    @rule(data=st.data())
    def renew(self, data):
        number = data.draw(st.sampled_from(self.ids))

        def act():
            receipt = actions.renew(by=self.citizen, consent=number, language="en")
            self.ids.append(receipt.consent_id)
            self.model[receipt.consent_id] = "given"

        self.tried(number, "given", "renewed", act)

    @rule(data=st.data(), answer=st.sampled_from(["given", "refused"]))
    def record(self, data, answer):
        number = data.draw(st.sampled_from(self.ids))
        if self.model[number] != "requested" or number in self.written:
            with pytest.raises(Refused):
                self.write(number, answer)
        else:
            self.write(number, answer)
            self.written[number] = answer

    def write(self, number, answer):
        actions.record_in_person(
            by=worker(), consent=number, answer=answer, words="Ja, det må I", language="da"
        )

    @precondition(lambda self: self.written)
    @rule(data=st.data(), agrees=st.booleans(), who=st.sampled_from(["soeren", "lene"]))
    def confirm(self, data, agrees, who):
        number = data.draw(st.sampled_from(sorted(self.written)))

        def act():
            actions.confirm(by=worker(who), consent=number, agrees=agrees)

        if self.model[number] != "requested" or who == "soeren":
            with pytest.raises(Refused):
                act()
        else:
            act()
            answer = self.written.pop(number)
            self.model[number] = answer if agrees else "requested"

    def tried(self, number, before, after, act):
        if self.model[number] == before:
            act()
            self.model[number] = after
        else:
            with pytest.raises(Refused):
                act()

    @invariant()
    def the_rows_are_as_the_model(self):
        rows = {row.pk: row for row in Consent.objects.filter(pk__in=self.ids)}
        assert {number: row.state for number, row in rows.items()} == self.model
        held = {one.id for one in holding(self.citizen.person_key, lock=True)}
        assert held == {number for number, state in self.model.items() if state == "given"}
        for row in rows.values():
            moments = [row.requested_at, row.decided_at, row.ended_at]
            assert [m for m in moments if m] == sorted(m for m in moments if m)

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_walk():
    Walk.TestCase.settings = settings(
        max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    Walk.TestCase().runTest()


@pytest.fixture
def given(db):
    """A consent that is given."""
    who = citizen()
    return actions.give(by=who, consent=asked(who), language="da").consent_id


@pytest.mark.parametrize("before", ["requested", "given", "refused", "withdrawn", "renewed", "invalidated"])
@pytest.mark.parametrize("after", STATES)
def test_only_the_listed_steps_can_be_taken(db, before, after):
    """With bare SQL, as the program's own role. Expiry asks for its day, and renewal for what renews."""
    number = in_state(before)
    allowed = after in FOLLOWS.get(before, set()) - {"renewed"}
    if (before, after) == ("given", "expired"):
        allowed = False
    statement = "UPDATE consent_consent SET state = %s WHERE id = %s"
    if allowed:
        changed(statement, after, number)
    else:
        with pytest.raises(IntegrityError):
            changed(statement, after, number)


COLUMNS = {
    "person_key": str(uuid.uuid4()),
    "kind": "helhedsorienteret-plan",
    "purpose": "andet",
    "categories": ["note"],
    "sources": ["sof"],
    "recipients": ["bif"],
    "case_ref": "S-18",
    "days": 700,
    "notice_key": "andet",
    "notice_version": 2,
    "requested_by": "andre",
    "requested_at": "2020-01-01",
    "requested_unit": "bif",
    "renews": str(uuid.uuid4()),
    "source_key": "x",
    "language": "en",
    "notice_text": "andet",
    "notice_hash": "0",
    "consequences": "ingen",
    "valid_from": "2020-01-01",
    "valid_to": "2050-01-01",
    "decided_at": "2020-01-01",
    "expressed_by": "representative",
    "mandate": str(uuid.uuid4()),
    "method": "paper",
    "recorded_by": "lene",
    "confirmed_by": "lene",
    "evidence_hash": "0",
    "evidence_file": "0",
    "signed_on": "2020-01-01",
    "ended_at": "2020-01-01",
    "ended_by": "lene",
    "ended_how": "oral",
}


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_what_was_given_does_not_change(given, column):
    """Alone or together with a step; the role may not even try the columns of the question."""
    statement = f"UPDATE consent_consent SET {column} = %s WHERE id = %s"
    with pytest.raises((IntegrityError, ProgrammingError)):
        changed(statement, COLUMNS[column], given)
    if not column.startswith("ended"):
        statement = f"UPDATE consent_consent SET state = 'withdrawn', {column} = %s WHERE id = %s"
        with pytest.raises((IntegrityError, ProgrammingError)):
            changed(statement, COLUMNS[column], given)


def test_every_column_is_tried():
    assert set(COLUMNS) | {"id", "state"} == {field.column for field in Consent._meta.fields}


def test_moments_are_the_database_own(given):
    """Whatever is written into them, the moments of a step are those of the step."""
    changed("UPDATE consent_consent SET state = 'withdrawn', ended_at = '2020-01-01' WHERE id = %s", given)
    row = Consent.objects.get(pk=given)
    assert row.requested_at <= row.decided_at <= row.ended_at
    assert row.ended_at - row.requested_at < timedelta(minutes=5)


@pytest.mark.parametrize(
    "table", ["consent_consent", "consent_record", "consent_receipt", "consent_answer", "mandates_mandate"]
)
def test_nothing_can_be_removed(given, table):
    with pytest.raises(ProgrammingError):
        changed(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["consent_record", "consent_receipt"])
def test_records_and_receipts_cannot_be_altered(given, table):
    with pytest.raises(ProgrammingError):
        changed(f"UPDATE {table} SET content = ''")


def test_a_row_cannot_begin_as_given(db):
    who = citizen()
    number = asked(who)
    columns = [field.column for field in Consent._meta.fields if field.column not in ("id", "state")]
    listed = ", ".join(columns)
    for state in STATES[1:]:
        with pytest.raises(IntegrityError):
            changed(
                f"INSERT INTO consent_consent (id, state, {listed}) SELECT gen_random_uuid(), %s, {listed}"
                " FROM consent_consent WHERE id = %s",
                state,
                number,
            )


def test_the_writer_cannot_confirm(db):
    who = citizen()
    number = asked(who)
    actions.record_in_person(by=worker(), consent=number, answer="given", words="Ja", language="da")
    with pytest.raises(IntegrityError):
        changed(
            "UPDATE consent_answer SET confirmed_by = recorded_by, confirmed_at = now(), agreed = true"
            " WHERE consent_id = %s",
            number,
        )
    with pytest.raises(IntegrityError):
        changed(
            "UPDATE consent_consent SET state = 'given', method = 'in_person', recorded_by = 'soeren',"
            " confirmed_by = 'soeren' WHERE id = %s",
            number,
        )
    assert not holding(who.person_key, lock=True), "no effect before another has confirmed"


def test_each_version_is_chained_to_the_one_before(given):
    actions.withdraw(by=citizen(), consent=given)
    records = list(Record.objects.filter(consent=given).order_by("version"))
    assert [r.version for r in records] == [1, 2, 3]
    assert [r.previous for r in records] == ["", records[0].hash, records[1].hash]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(hash = encode(sha256(convert_to(previous || content, 'UTF8')), 'hex'))"
            " FROM consent_record WHERE consent_id = %s",
            [given],
        )
        assert cursor.fetchone() == (True,)


def in_state(state):
    who = citizen()
    number = asked(who)
    if state in ("given", "withdrawn", "renewed", "invalidated"):
        actions.give(by=who, consent=number, language="da")
    if state == "refused":
        actions.refuse(by=who, consent=number, language="da")
    if state == "withdrawn":
        actions.withdraw(by=who, consent=number)
    if state == "renewed":
        actions.renew(by=who, consent=number, language="da")
    if state == "invalidated":
        changed("UPDATE consent_consent SET state = 'invalidated' WHERE id = %s", number)
    return number


def changed(statement, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
