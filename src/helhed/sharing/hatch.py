"""THE HATCH: the only way from facts to people's screens. Each call decides, writes its line in the log, and answers only
what the decision opens. A call that shows nothing writes a line too."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.law import catalogue
from helhed.membership import questions as memberships
from helhed.register import questions as register
from helhed.register.questions import FactRow, PersonRow
from helhed.sharing import policy
from helhed.sharing.answers import CitizenView, Found, NoAccess
from helhed.sharing.lanes import consents_of, groups_of, holdings_of, lanes_of
from helhed.sharing.policy import Decision

MOST_FOUND = 50
SHARED_GROUP = "FAELLES"


def look(*, person: UUID, by: User, purpose: str, on: date, language: str) -> CitizenView:
    """A citizen's page for a member of staff, or NoAccess with the reason and the way to get access."""
    row = known_person(person)
    facts = register.facts_of(row.id)
    decision = policy.decide(by, facts, children_facts(row, on), purpose, on)
    if not decision.allowed:
        note(by=by, action="look", person_key=person, purpose=purpose, ground=decision.why, outcome="denied")
        raise refused(decision.why, any_case=bool(facts))
    return _view(row, facts, decision, by=by, purpose=purpose, on=on, language=language)


def own(*, by: User, on: date, language: str) -> CitizenView:
    """The citizen's look at the own page; everything both administrations know, and the log line of this look too."""
    if not by.may("citizen.own") or by.person_key is None:
        raise NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
    row = known_person(by.person_key)
    facts = register.facts_of(row.id)
    return _view(row, facts, policy.own_matter(), by=by, purpose="egen-indsigt", on=on, language=language)


def find(*, text: str, by: User, purpose: str, language: str) -> list[Found]:
    """Citizens of the own administration whose number or name fits; at most fifty. The search and each hit is logged."""
    if not by.may("citizen.find"):
        note(by=by, action="find", purpose=purpose, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til at søge efter borgere."))
    return _found_by(text, by, purpose)


@transaction.atomic
def _found_by(text: str, by: User, purpose: str) -> list[Found]:
    today = timezone.localdate()
    hits = []
    for row in register.find(text, MOST_FOUND * 4):
        decision = policy.decide(by, register.facts_of(row.id), children_facts(row, today), purpose, today)
        if decision.allowed:
            hits.append((row, decision))
        if len(hits) == MOST_FOUND:
            break
    note(by=by, action="find", purpose=purpose, object=f"{len(hits)} hits", fields={"identity"})
    for row, decision in hits:
        ground = decision.ground(by.administration)
        note(
            by=by, action="find-hit", person_key=row.key, purpose=purpose, ground=ground, fields={"identity"}
        )
    return [_found(row, decision, today) for row, decision in hits]


@transaction.atomic
def names(*, people: Iterable[UUID], by: User, purpose: str, language: str) -> dict[UUID, str]:
    """The names of citizens on a list, only those this viewer may meet; one line in the log for each name answered."""
    today = timezone.localdate()
    answered = {}
    for key in sorted(people):
        row = register.person_by_key(key)
        if row is None:
            continue
        decision = policy.decide(by, register.facts_of(row.id), children_facts(row, today), purpose, today)
        if decision.allowed:
            ground = decision.ground(by.administration)
            note(by=by, action="list", person_key=key, purpose=purpose, ground=ground, fields={"identity"})
            answered[key] = row.name
    return answered


def known_person(key: UUID) -> PersonRow:
    """The citizen of an address; NoAccess where there is none."""
    row = register.person_by_key(key)
    if row is None:
        raise NoAccess(
            _("Der findes ingen borger med denne adresse."), _("Søg efter borgeren på navn eller nummer.")
        )
    return row


def children_facts(row: PersonRow, on: date) -> list[FactRow]:
    """The facts of those who are the citizen's children on the day: for the decision, never to be shown."""
    return [fact for child in register.children_of(row.id, on) for fact in register.facts_of(child)]


@transaction.atomic
def _view(
    row: PersonRow,
    facts: list[FactRow],
    decision: Decision,
    *,
    by: User,
    purpose: str,
    on: date,
    language: str,
) -> CitizenView:
    lanes = lanes_of(facts, decision, language)
    shown = {lane.kind for lane in lanes if lane.open} | {"identity"}
    both = decision.opens(policy.BIF) and decision.opens(policy.SOF)
    if both:
        shown.add("group")
    ground = "+".join(sorted(set(decision.grounds.values())))
    event = note(by=by, action="look", person_key=row.key, purpose=purpose, ground=ground, fields=shown)
    return CitizenView(
        key=row.key,
        name=row.name,
        birth_date=row.birth_date,
        age=age_on(row.birth_date, on),
        number=row.number,
        protected=row.protected,
        on=on,
        lanes=lanes,
        groups=groups_of(memberships.standings_of(row.id), language) if both else (),
        holdings=holdings_of(facts, decision, on, language),
        consents=consents_of(facts, on, language),
        purpose=purpose,
        event=event.pk,
    )


def _found(row: PersonRow, decision: Decision, today: date) -> Found:
    both = decision.opens(policy.BIF) and decision.opens(policy.SOF)
    shared = both and any(
        s.key == SHARED_GROUP and s.certain and s.start <= today and (s.end is None or s.end > today)
        for s in memberships.standings_of(row.id)
    )
    return Found(row.key, row.name, age_on(row.birth_date, today), row.protected, shared)


def age_on(birth_date: date | None, on: date) -> int | None:
    """Full years on a day; who is born on 29 February has the birthday on 1 March in a common year."""
    if birth_date is None:
        return None
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def refused(why: str, *, any_case: bool) -> NoAccess:
    """The sentence for a refusal. It never says which administration knows the citizen."""
    if why == "role":
        return NoAccess(_("Din rolle giver ikke adgang til borgeres sager."), exists=False)
    if why == "purpose":
        return NoAccess(_("Vælg, hvad du skal bruge opslaget til."), exists=False)
    return NoAccess(
        _("Borgeren findes, men har ingen åben sag i din forvaltning."),
        _(
            "Bed borgeren om at henvende sig, eller lad den enhed, der har sagen, kontakte dig med borgerens samtykke."
        ),
        exists=any_case,
    )


def label_of_unit(unit: str, language: str) -> str:
    """A unit's name, or nothing where no unit is recorded."""
    return catalogue().label("units", unit, language) if unit else ""
