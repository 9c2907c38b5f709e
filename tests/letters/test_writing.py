"""Letters are written once for each step, in both languages, with every word filled; nothing of them changes afterwards."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.letters.actions import Draft, printed, read, write, write_many
from helhed.coordination.handover.letters.models import KINDS, Letter
from helhed.coordination.handover.letters.wording import asked_for, filled, hash_of, template, texts_of

CENTRE, JOBCENTRE = "sof/driftscenter-1", "bif/jobcenter-koebenhavn/gammel-koege-landevej"
WORDS = {
    "from_unit": JOBCENTRE,
    "to_unit": CENTRE,
    "old_unit": JOBCENTRE,
    "new_unit": CENTRE,
    "deciding_unit": CENTRE,
    "day": date(2026, 12, 1),
    "due": "2026-12-24",
    "ground": "LAB-40-3",
    "amount": 123450,
    "period": {"da": "den 3. november 2026", "en": "3 November 2026"},
    "month": date(2026, 11, 1),
    "paying_unit": "bif/ydelsesservice",
    "how": "whole",
    "outcome": "rekept",
    "what": "answer",
    "reason": "Du kom ikke til samtalen den 3. november.",
    "name": "Indgangen på Amager",
    "address": "Amagerbrogade 1, stuen",
    "hours": {"da": "Mandag til torsdag kl. 9 til 15", "en": "Monday to Thursday 9 to 15"},
    "bif_unit": JOBCENTRE,
    "sof_unit": CENTRE,
}


def words_of(kind: str) -> dict[str, object]:
    need, _may = asked_for(kind)
    return {name: WORDS[name] for name in need}


def one(kind: str = "moved", **more: object) -> UUID:
    said = {"person": uuid4(), "step": uuid4(), "unit": CENTRE, "words": words_of(kind)} | more
    return write(by=SYSTEM, kind=kind, **said)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_whole_in_both_languages(kind):
    texts = texts_of(kind, CENTRE, words_of(kind))
    for language in ("da", "en"):
        text = texts[language]
        assert text["title"] and text["lead"] and text["parts"]
        everything = " ".join(
            [text["title"], text["lead"], *(p["text"] for p in text["parts"]), text["appeal"]]
        )
        assert "{" not in everything and "  " not in everything
        assert "sof/" not in everything and "bif/" not in everything
    assert [bool(p["head"]) for p in texts["da"]["parts"]] == [bool(p["head"]) for p in texts["en"]["parts"]]


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_are_short(kind):
    """A citizen in crisis reads them: no sentence over 26 words."""
    for part in template(kind)["da"]["parts"]:
        for text in part.get("texts", {0: part.get("text")}).values():
            sentences = text.replace("?", ".").replace(":", ".").split(". ")
            assert max(len(sentence.split()) for sentence in sentences) <= 26, text


@pytest.mark.django_db
def test_what_a_kind_needs_is_said():
    need, may = asked_for("not-moved")
    assert (need, may) == ({"from_unit"}, {"reason", "way"})
    with pytest.raises(ValueError, match="needs: to_unit"):
        one(words={"from_unit": JOBCENTRE, "day": "2026-12-01"})
    with pytest.raises(ValueError, match="no letter is called that"):
        one(kind="greeting", words={})


def test_facts_become_words():
    text = filled("sanction-hearing", {**WORDS, "unit": "bif/ydelsesservice"}, "da")
    assert "1.234,50 kr." in text.lead and "24. december 2026" in text.parts[1].text
    assert "for november 2026" in text.lead and "den 3. november 2026" in text.parts[0].text
    assert text.lead.startswith("Driftscenter\N{NO-BREAK SPACE}1 har besluttet")
    english = filled("sanction-hearing", {**WORDS, "unit": "bif/ydelsesservice"}, "en")
    assert "DKK 1,234.50" in english.lead and "for November 2026" in english.lead
    welcome = texts_of("entrance-welcome", CENTRE, words_of("entrance-welcome"))
    assert [welcome[language]["parts"][1]["text"].split()[0] for language in ("da", "en")] == [
        "Mandag",
        "Monday",
    ]


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("decision", {}, True),
        ("not-moved", {"reason": "EX1"}, True),
        ("not-moved", {"reason": "EX4"}, False),
        ("returning", {"cause": "lapsed"}, True),
        ("returning", {"cause": "consent"}, False),
        ("sanction-hearing", {}, False),
        ("sanction-effected", {}, True),
        ("sanction-reversed", {"how": "whole"}, False),
        ("sanction-reversed", {"how": "part"}, True),
        ("complaint-ended", {"outcome": "rekept"}, True),
        ("complaint-ended", {"outcome": "confirmed"}, False),
    ],
)
def test_who_can_complain_is_told_how(kind, words, told):
    text = filled(kind, {"unit": "bif/ydelsesservice", **words_of(kind), **words}, "da")
    assert ("fire uger" in text.appeal and "Ankestyrelsen" in text.appeal) is told


def test_the_unit_that_decided_looks_again():
    """Ydelsesservice effects a sanction; the complaint goes to the unit that decided it."""
    text = filled("sanction-effected", {"unit": "bif/ydelsesservice", **words_of("sanction-effected")}, "da")
    assert "til Driftscenter\N{NO-BREAK SPACE}1 senest" in text.appeal


@pytest.mark.django_db
def test_a_step_writes_once():
    person, step = uuid4(), uuid4()
    first = one(person=person, step=step)
    assert one(person=person, step=step, words={**words_of("moved"), "day": "2027-01-01"}) == first
    assert one(person=person, step=step, kind="decision") != first
    assert Letter.objects.filter(step=step).count() == 2
    assert Event.objects.filter(action="letter-written", person_key=person).count() == 2


@pytest.mark.django_db
def test_many_are_written_in_few_queries(django_assert_max_num_queries):
    drafts = [Draft(uuid4(), words_of("moved"), uuid4()) for _ in range(60)]
    with django_assert_max_num_queries(9):
        written = write_many(by=SYSTEM, kind="moved", unit=CENTRE, letters=drafts)
    assert write_many(by=SYSTEM, kind="moved", unit=CENTRE, letters=drafts) == written
    assert [Letter.objects.get(pk=pk).person_key for pk in written] == [draft.person for draft in drafts]


@pytest.mark.django_db
def test_who_has_a_page_reads_there_and_others_get_paper():
    person, gone, today = uuid4(), uuid4(), date.today()
    appoint(by=SYSTEM, login=Login("eva", "Eva", "citizen", person_key=person), password="kun-til-denne-test")
    ended = {"is_active": True, "appointed_from": today - timedelta(days=9), "appointed_to": today}
    User.objects.create(username="ib", name="Ib", role="citizen", person_key=gone, **ended)
    channels = [Letter.objects.get(pk=one(person=key)).channel for key in (person, gone, uuid4())]
    assert channels == ["portal", "print", "print"]


@pytest.mark.django_db
def test_the_hash_is_of_the_words():
    row = Letter.objects.get(pk=one())
    assert row.hash == hash_of(row.texts) and row.state == "written"


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["texts = '{}'", "hash = ''", "kind = 'returned'", "unit = 'x'"])
def test_the_program_cannot_rewrite_a_letter(column):
    one()
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE letters_letter SET {column}")


@pytest.mark.django_db
def test_sent_and_read_count_the_first_time():
    by = User(username="bente", role="caseworker")
    letter = one()
    assert [printed(by=by, letters=[letter]), printed(by=by, letters=[letter])] == [1, 0]
    read(by=by, letter=letter)
    first = Letter.objects.get(pk=letter).read_at
    read(by=by, letter=letter)
    row = Letter.objects.get(pk=letter)
    assert (row.read_at, row.state) == (first, "read")
    assert (
        Event.objects.filter(action__in=["letter-sent", "letter-read"], person_key=row.person_key).count()
        == 2
    )
