"""Verbs of safeguards. They hold to the states of their rows; who may use them is decided by the doors in `sharing`."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.sharing.clock import moment
from helhed.sharing.refusal import Refused
from helhed.sharing.safeguards import drawing
from helhed.sharing.safeguards.models import (
    DECISIONS,
    JUDGEMENTS,
    LASTS,
    SHORTEST_REASON,
    VERDICTS,
    Embargo,
    EmbargoTime,
    Emergency,
    IdentityReview,
    Sample,
    SampledLook,
    Watch,
)
from helhed.sharing.safeguards.standing import emergency_of

EMERGENCY, OVERSIGHT = "noedadgang", "tilsyn"
LONGEST = 1000


@transaction.atomic
def open_emergency(*, by: Actor, person: UUID, reason: str) -> Emergency:
    """Open a person's information to the actor for three hours from now. Refused without a reason of twenty characters.

    While one is open it is answered as it is: the clock does not begin again.
    """
    words = _text(reason)
    if len(words) < SHORTEST_REASON:
        raise Refused(
            _("Skriv mindst %(n)d tegn om, hvorfor det haster; lederen og tilsynet læser det.")
            % {"n": SHORTEST_REASON}
        )
    if running := emergency_of(by.username, person):
        return running
    now = moment()
    row = Emergency(
        id=uuid4(),
        person_key=person,
        username=by.username,
        unit=by.unit,
        reason=words,
        opened_at=now,
        until=now + LASTS,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # opened twice at once, and the database let one through
        return Emergency.objects.get(username=by.username, person_key=person, until__gt=now)
    _emergency_line(by, "emergency-open", row)
    return row


@transaction.atomic
def close_emergency(*, by: Actor, emergency: UUID) -> Emergency:
    """End an emergency access early. Emergency.DoesNotExist if it is not the actor's; one that is over stays as it is."""
    row = Emergency.objects.select_for_update().get(pk=emergency, username=by.username)
    now = moment()
    if row.closed_at is None and now < row.until:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        _emergency_line(by, "emergency-close", row)
    return row


@transaction.atomic
def judge_emergency(*, by: Actor, emergency: UUID, verdict: str, words: str) -> Emergency:
    """The second look: was it justified? Once, by another than the one who opened it; "not-justified" says why."""
    row = Emergency.objects.select_for_update().get(pk=emergency)
    if verdict not in VERDICTS:
        raise Refused(_("Vælg, om nødadgangen var berettiget."))
    if row.username == by.username:
        raise Refused(_("Det andet blik skal tages af en anden end den, der åbnede nødadgangen."))
    if row.verdict:
        raise Refused(_("Der er allerede taget stilling til nødadgangen."))
    if verdict == "not-justified" and not words.strip():
        raise Refused(_("Skriv, hvorfor nødadgangen ikke var berettiget."))
    row.verdict, row.verdict_note = verdict, _text(words)
    row.seen_by, row.seen_at = by.username, moment()
    row.save(update_fields=["verdict", "verdict_note", "seen_by", "seen_at"])
    _emergency_line(by, f"emergency-{verdict}", row)
    return row


@transaction.atomic
def follow_embargo(*, by: Actor, on: bool) -> bool:
    """Bring the embargo on new people in line with the setting. True when that changed anything.

    From the moment it is on the database embargoes whoever is new (migration 0002); those before it are known.
    """
    running = EmbargoTime.objects.select_for_update().filter(ended_at__isnull=True).first()
    if (running is not None) == on:
        return False
    if running is None:
        EmbargoTime.objects.create(since=moment())
    else:
        running.ended_at = moment()
        running.save(update_fields=["ended_at"])
    note(by=by, action="embargo-on" if on else "embargo-off")
    return True


@transaction.atomic
def review_identity(*, by: Actor, person: UUID, decision: str, words: str) -> IdentityReview:
    """Somebody has looked at who a new person is: "released" lifts the embargo, "kept" leaves it. Always with a note."""
    row = Embargo.objects.select_for_update().get(pk=person)
    if decision not in DECISIONS:
        raise Refused(_("Vælg, om borgeren skal frigives eller fortsat holdes tilbage."))
    if not words.strip():
        raise Refused(_("Skriv, hvad du har set efter, og hvad det viste."))
    if row.lifted_at is not None:
        raise Refused(_("Borgeren er allerede frigivet."))
    if decision == "released":
        row.lifted_at, row.lifted_by, row.lifted_note = moment(), by.username, _text(words)
        row.save(update_fields=["lifted_at", "lifted_by", "lifted_note"])
    note(
        by=by,
        action=f"identity-{decision}",
        person_key=person,
        purpose=OVERSIGHT,
        ground=OVERSIGHT,
        fields=["identity"],
    )
    return IdentityReview.objects.create(
        person_key=person, by=by.username, decision=decision, note=_text(words)
    )


@transaction.atomic
def draw_sample(*, by: Actor, unit: str, month: date, size: int, seed: str = "") -> Sample | None:
    """Draw a sample of a unit's looks in a month; None where it was drawn before or there was nothing to draw from.

    `month` is its first day, `size` how many looks are drawn at random beside the watched ones. A month that is over is
    drawn once; of the one that runs an extra sample can be drawn of the looks until now. The seed is random unless one
    is given (the tests do), and kept, so that the draw can be made again by anyone who holds the log.
    """
    now, ends = moment(), drawing.bounds(month)[1]
    extra = now < ends
    if not extra and Sample.objects.filter(unit=unit, month=month, extra=False).exists():
        return None
    until = min(now, ends)
    drawn = drawing.draw(unit, (month, until), size, seed or drawing.new_seed())
    if not drawn.population:
        return None
    sample = Sample.objects.create(
        unit=unit,
        month=month,
        until=until,
        extra=extra,
        seed=drawn.seed,
        size=size,
        population=len(drawn.population),
        population_sha256=drawing.digest(drawn.population),
        drawn_by=by.username,
    )
    looks = [SampledLook(sample=sample, event=event, watched=False) for event in drawn.chosen]
    looks += [SampledLook(sample=sample, event=event, watched=True) for event in drawn.watched]
    SampledLook.objects.bulk_create(looks)
    note(by=by, action="sample-drawn", object=f"sample {sample.pk}: {unit} {month:%Y-%m}, {len(looks)} looks")
    return sample


@transaction.atomic
def judge_look(*, by: Actor, look: int, need: str, case_ref: str, words: str) -> SampledLook:
    """Whether the work needed a look. A yes names the case or says why; a no, or that it cannot be told, says why."""
    row = SampledLook.objects.select_for_update().get(pk=look)
    if need not in JUDGEMENTS:
        raise Refused(_("Vælg, om arbejdet krævede opslaget."))
    if not words.strip() and (need != "yes" or not case_ref.strip()):
        raise Refused(
            _("Skriv, hvilken sag opslaget hørte til.")
            if need == "yes"
            else _("Skriv, hvad du bygger svaret på.")
        )
    if Sample.objects.filter(pk=row.sample_id, filed_at__isnull=False).exists():
        raise Refused(_("Stikprøven er arkiveret og kan ikke længere ændres."))
    row.need, row.case_ref, row.note = need, case_ref.strip()[:80], _text(words)
    row.judged_by, row.judged_at = by.username, moment()
    row.save(update_fields=["need", "case_ref", "note", "judged_by", "judged_at"])
    note(by=by, action="sample-judged", object=f"sample {row.sample_id}, line {row.event}: {need}")
    return row


@transaction.atomic
def file_sample(*, by: Actor, sample: int) -> Sample:
    """Close a sample in which every look is judged; from then on nothing in it changes."""
    row = Sample.objects.select_for_update().get(pk=sample)
    if row.filed_at is not None:
        return row
    if SampledLook.objects.filter(sample=row, need="").exists():
        raise Refused(_("Stikprøven kan først arkiveres, når alle opslag er vurderet."))
    row.filed_at, row.filed_by = moment(), by.username
    row.save(update_fields=["filed_at", "filed_by"])
    note(by=by, action="sample-filed", object=f"sample {row.pk}: {row.unit} {row.month:%Y-%m}")
    return row


@transaction.atomic
def watch(*, by: Actor, person: UUID | None, username: str, reason: str, until: date) -> Watch:
    """Watch a person, or an employee, until a day: each look at (or by) them is in the month's sample for certain."""
    if len(_text(reason)) < SHORTEST_REASON:
        raise Refused(
            _("Skriv mindst %(n)d tegn om, hvorfor opslagene skal ses efter.") % {"n": SHORTEST_REASON}
        )
    if until <= moment().date():
        raise Refused(_("Slutdagen skal ligge efter i dag."))
    row = Watch.objects.create(
        id=uuid4(),
        person_key=person,
        username=username,
        reason=_text(reason),
        until=until,
        set_by=by.username,
    )
    note(
        by=by,
        action="watch-on",
        person_key=person,
        object=f"user {username}" if username else "",
        purpose=OVERSIGHT,
    )
    return row


@transaction.atomic
def unwatch(*, by: Actor, watch: UUID) -> Watch:
    """End a watch before its day."""
    row = Watch.objects.select_for_update().get(pk=watch)
    if row.ended_at is None:
        row.ended_at, row.ended_by = moment(), by.username
        row.save(update_fields=["ended_at", "ended_by"])
        about = f"user {row.username}" if row.username else ""
        note(by=by, action="watch-off", person_key=row.person_key, object=about, purpose=OVERSIGHT)
    return row


def _emergency_line(by: Actor, action: str, row: Emergency) -> None:
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"emergency {row.pk}",
        purpose=EMERGENCY,
        ground=EMERGENCY,
    )


def _text(words: str) -> str:
    return " ".join(words.split())[:LONGEST]
