"""THE HATCH: the only way from facts to people's screens. Each call decides, writes its line in the log, and answers only
what the decision opens. A call that shows nothing writes a line too."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.appending import together
from helhed.audit.covering import choosing
from helhed.audit.models import Event
from helhed.law import catalogue
from helhed.membership import definitions
from helhed.membership import questions as memberships
from helhed.register import questions as register
from helhed.register.questions import FactRow, PersonRow
from helhed.sharing import policy
from helhed.sharing.access import decisions, listing
from helhed.sharing.answers import CitizenView, Contact, Found, NoAccess
from helhed.sharing.departures import registered
from helhed.sharing.holdings import holdings_of
from helhed.sharing.lanes import consents_of, groups_of, lanes_of, may_be_told, source_names
from helhed.sharing.mandates import standing as mandates
from helhed.sharing.policy import BIF, BOTH, SOF, Decision

MOST_FOUND = 50
MOST_TRIED = 2000
SHARED_GROUP = "FAELLES"
WHO = ("identity", BOTH)
IN_A_SEARCH = (WHO, ("group", BOTH), ("employment_case", BIF), ("social_case", SOF), ("child_case", SOF))


@dataclass(frozen=True)
class Met:
    """A citizen met: the facts, the decision, and whether under a mandate. What is shown of it is noted with `note`."""

    row: PersonRow
    facts: list[FactRow]
    decision: Decision
    mandate: UUID | None = None

    def note(self, **line: Any) -> Event:
        """The line in the log of what is shown, with the grounds and the decision."""
        ground = self.decision.ground_line
        return note(
            person_key=self.row.key,
            ground=ground,
            decision=self.decision.id,
            mandate=self.mandate,
            **line,
        )


@contextmanager
def meeting(
    row: PersonRow, *, by: User, purpose: str, action: str, mandate: UUID | None = None
) -> Iterator[Met]:
    """Meet a citizen: the decision, what is made of it inside, and its line in the log are one transaction, in which the
    consent it rests on cannot be withdrawn. NoAccess, with a line that stays, where the citizen may not be met."""
    with transaction.atomic():
        facts = register.facts_of(row.id)
        decision = decisions.decide(row, by=by, purpose=purpose, mandate=mandate, facts=facts)
        if decision.allowed:
            yield Met(row, facts, decision, mandate)
            return
        note(
            by=by,
            action=action,
            person_key=row.key,
            purpose=purpose,
            ground=decision.why,
            outcome="denied",
            decision=decision.id,
        )
    raise refused(decision.why, any_case=bool(facts))


def look(*, person: UUID, by: User, purpose: str, on: date, language: str) -> CitizenView:
    """A citizen's page for a member of staff, or NoAccess with the reason and the way to get access. What is open is
    decided by what holds now, whatever day is looked at."""
    with meeting(known_person(person), by=by, purpose=purpose, action="look") as met:
        return _view(met, by=by, purpose=purpose, on=on, language=language)


def own(*, by: User, on: date, language: str) -> CitizenView:
    """The citizen's look at the own page; everything both administrations know, and the log line of this look too."""
    if not by.may("citizen.own") or by.person_key is None:
        raise NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
    with meeting(known_person(by.person_key), by=by, purpose=policy.OWN_MATTER, action="look") as met:
        return _view(met, by=by, purpose=policy.OWN_MATTER, on=on, language=language)


def represented(*, mandate: UUID, by: User, on: date, language: str) -> CitizenView:
    """The page of a citizen the viewer holds a mandate from, in force now and reaching to seeing; else NoAccess."""
    row = represented_person(mandate, by)
    with meeting(row, by=by, purpose=policy.REPRESENTED, action="look", mandate=mandate) as met:
        return _view(met, by=by, purpose=policy.REPRESENTED, on=on, language=language)


def represented_person(mandate: UUID, by: User) -> PersonRow:
    """Whom a mandate is from, where this viewer holds it and it lets the viewer see; else NoAccess."""
    held = mandates.active(mandate, by.username, "see", lock=False) if by.may("citizen.represent") else None
    if held is None:
        note(by=by, action="look", object=f"mandate {mandate}", ground="no-mandate", outcome="denied")
        raise refused("no-mandate", any_case=False)
    return known_person(held.person_key)


def find(*, text: str, by: User, purpose: str, language: str) -> list[Found]:
    """Citizens the viewer may meet whose number or name fits; at most fifty. The search and each hit is logged. A number
    typed whole also answers that another unit of the own administration has the citizen."""
    if not by.may("citizen.find"):
        note(by=by, action="find", purpose=purpose, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til at søge efter borgere."))
    return _found_by(text, by, purpose)


@transaction.atomic
def _found_by(text: str, by: User, purpose: str) -> list[Found]:
    exact = register.is_number(text)
    with choosing():
        rows = register.find(text, MOST_TRIED)
        seen = listing.visible((row.key for row in rows), by=by, purpose=purpose)
    tried = rows if exact else [row for row in rows if row.key in seen][:MOST_FOUND]
    made = decisions.decide_each(tried, by=by, purpose=purpose, pairs=IN_A_SEARCH)
    hits = [
        (row, made[row.key]) for row in tried if made[row.key].allowed or (exact and made[row.key].exists)
    ]
    note(by=by, action="find", purpose=purpose, object=f"{len(hits)} hits", fields={"identity"})
    with together():
        for row, decision in hits:
            note(
                by=by,
                action="find-hit",
                person_key=row.key,
                purpose=purpose,
                ground=decision.ground(BOTH),
                fields={"identity"} if decision.allowed else (),
                decision=decision.id,
            )
    return [_found(row, decision) for row, decision in hits]


@transaction.atomic
def names(*, people: Iterable[UUID], by: User, purpose: str, language: str) -> dict[UUID, str]:
    """The names of citizens on a list, only those this viewer may meet; one line in the log for each name answered."""
    rows = register.persons_asked_for(people)
    made = decisions.decide_each(rows.values(), by=by, purpose=purpose, pairs=[WHO])
    answered = {}
    with together():
        for key, row in rows.items():
            decision = made[row.key]
            if decision.allowed:
                ground = decision.ground(BOTH)
                note(
                    by=by,
                    action="list",
                    person_key=row.key,
                    purpose=purpose,
                    ground=ground,
                    fields={"identity"},
                    decision=decision.id,
                )
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


def key_of(person: UUID) -> UUID:
    """The key a citizen is known by now: of one merged into another that other's. NoAccess where there is none."""
    with choosing():
        return known_person(person).key


def _view(met: Met, *, by: User, purpose: str, on: date, language: str) -> CitizenView:
    row, decision = met.row, met.decision
    lanes = lanes_of(met.facts, decision, language)
    groups = groups_of(memberships.standings_of(row.id), decision, language)
    shown = {lane.kind for lane in lanes if lane.open} | {"identity"}
    shown |= {common for common in ("group", "contact") if decision.full(common)}
    event = met.note(by=by, action="look", purpose=purpose, fields=shown)
    return CitizenView(
        key=row.key,
        name=row.name,
        birth_date=row.birth_date,
        age=register.age_on(row.birth_date, on),
        number=row.number,
        protected=row.protected,
        on=on,
        lanes=lanes,
        groups=groups,
        holdings=holdings_of(row, met.facts, decision, on, language),
        consents=consents_of(row.key, timezone.localdate(), language),
        purpose=purpose,
        event=event.pk,
        decision=decision.id,
        contact=_contact(row, decision),
        registered=registered(met.facts, on, source_names(language), language),
    )


def _contact(row: PersonRow, decision: Decision) -> Contact:
    if not decision.full("contact"):
        return Contact("", "", hidden=True)
    said = register.contact_of(row.id)
    return Contact(said.address, said.phone)


def _found(row: PersonRow, decision: Decision) -> Found:
    if not decision.allowed:
        return Found(row.key, "", None, False, False, elsewhere=True)
    today = timezone.localdate()
    told = decision.whole("group") and may_be_told(SHARED_GROUP, decision, definitions.book().groups())
    shared = told and any(
        s.key == SHARED_GROUP and s.certain and s.start <= today and (s.end is None or s.end > today)
        for s in memberships.standings_of(row.id)
    )
    return Found(row.key, row.name, register.age_on(row.birth_date, today), row.protected, shared)


def of_the_case() -> NoAccess:
    """What is told to who may meet a citizen, but not see what goes with the citizen's case."""
    return NoAccess(
        _("Det ser kun de enheder, der har eller skal have borgerens sag."),
        _("Se på borgerens side, hvem der har ansvaret nu, og kontakt den enhed."),
        exists=True,
    )


def refused(why: str, *, any_case: bool) -> NoAccess:
    """The sentence for a refusal. It never says which administration, or which other unit, knows the citizen."""
    if why == "role":
        return NoAccess(_("Din rolle giver ikke adgang til borgeres sager."))
    if why == "purpose":
        return NoAccess(_("Vælg, hvad du skal bruge opslaget til."))
    if why == "appointment":
        return NoAccess(_("Din ansættelse giver ikke adgang i dag."), _("Bed din leder om at forlænge den."))
    if why == "no-mandate":
        return NoAccess(
            _("Fuldmagten giver ikke adgang nu: den er udløbet, tilbagekaldt eller gælder noget andet."),
            _("Bed borgeren om at give en ny."),
        )
    if why == "no-emergency":
        return NoAccess(
            _("Du har ingen nødadgang til borgeren, der gælder nu."),
            _("En nødadgang åbnes med en begrundelse, gælder i tre timer, og lederen ser på den bagefter."),
            exists=any_case,
        )
    if why == "other-unit":
        return NoAccess(
            _("Borgeren har sag i din forvaltning, men i en anden enhed end din."),
            _(
                "Lad den enhed, der har sagen, kontakte dig, eller bed din leder om hjælp. Er der fare for liv eller helbred, kan du åbne en nødadgang."
            ),
            exists=True,
        )
    return NoAccess(
        _("Borgeren findes, men har ingen åben sag i din forvaltning, som du kan få adgang til."),
        _(
            "Bed borgeren om at henvende sig, eller lad den enhed, der har sagen, kontakte dig med borgerens samtykke."
        ),
        exists=any_case,
    )


def label_of_unit(unit: str, language: str) -> str:
    """A unit's name, or nothing where no unit is recorded."""
    return catalogue().called(unit, language)
