"""Hand-overs in the demo: model 5A as a trial and a joint entrance under 8B, with citizens at every step of the way.

All through the ordinary doors, by the demo's own staff, so that every line of it stands in the log as in a working day.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.adoption import actions as adoption
from helhed.coordination.handover.adoption.terms import Terms
from helhed.coordination.handover.chain import actions, rounds
from helhed.coordination.handover.chain.gates import QUESTIONS
from helhed.coordination.handover.chain.models import ENDED, Chain
from helhed.coordination.handover.entrances import doors as reception
from helhed.coordination.handover.entrances import keeping
from helhed.coordination.handover.entrances import rounds as invitations
from helhed.coordination.handover.entrances.keeping import Place
from helhed.coordination.handover.entrances.models import Attachment, Entrance, Visit
from helhed.coordination.handover.letters import reaching
from helhed.coordination.handover.sanctions import doing as sanctions
from helhed.coordination.handover.sanctions.wishes import Wish as Missed
from helhed.coordination.handover.tasks import doors as tasks
from helhed.coordination.handover.tasks.actions import Wish as Todo
from helhed.coordination.handover.work import bulk, single
from helhed.sharing import naming
from helhed.sharing.access import listing
from helhed.sharing.asking import own, staff

Report = Callable[[str, float], None]
PURPOSE, LANGUAGE = "sagsbehandling", "da"
TRIAL_DAYS = 730
RECEIVING, ENTRANCE = "sof/driftscenter-1", "sof/driftscenter-2"
BIF_UNIT = "bif/jobcenter-koebenhavn/gammel-koege-landevej"
NO = {side: {key: key == "need" for key in keys} for side, keys in QUESTIONS.items()}
"""The answers of an assessment that finds nothing against moving."""
STAGES = (
    ("half", 4),
    ("assessed", 3),
    ("asked", 3),
    ("consented", 2),
    ("offered", 3),
    ("refused", 1),
    ("moved", 3),
    ("returning", 1),
)
"""How far citizens have come, and how many; the demo's own citizens come besides."""
SCAN = b"%PDF-1.4\n% Et underskrevet papir i demonstrationen.\n%%EOF\n"
VISITORS = 6


@transaction.atomic
def lay_out(report: Report) -> None:
    """Units with telephones; models in use, everyone in 5A proposed, some at each step; the entrance open, its group invited,
    some who came."""
    _numbers()
    _adopt()
    report("everyone in 5A is proposed", 0.1)
    rounds.one_round(by=SYSTEM)
    report("some at each step", 0.5)
    _walk()
    report("the joint entrance", 0.7)
    _open_entrance()
    report("", 1.0)


def _numbers() -> None:
    """How each unit is reached. No telephone in Denmark has a number that begins with two noughts."""
    for at, name in enumerate(("birgit", "lene"), start=1):
        leader = _user(name)
        for number, row in enumerate(reaching.listed(by=leader, language=LANGUAGE), start=1):
            wish = reaching.Wish(
                phone=f"00 {at:02} {number:02} 00",
                hours_da="hverdage kl. 9–15",
                hours_en="weekdays 9:00–15:00",
                address=f"Eksempelvej {number}, 2400 København NV" if row.depth else "",
            )
            reaching.say(by=leader, unit=row.unit, wish=wish, language=LANGUAGE)


def _adopt() -> None:
    """5A proposed by BIF and approved by SOF, 8B the other way."""
    today = timezone.localdate()
    for model, receiving, ground, one, another in (
        ("5A", RECEIVING, "LOV-1750-2025", "birgit", "lene"),
        ("8B", ENTRANCE, "LAB-40-3", "lene", "birgit"),
    ):
        terms = Terms(
            model=model,
            mode="trial",
            valid_from=today,
            valid_to=today + timedelta(days=TRIAL_DAYS),
            receiving=receiving,
            ground=ground,
            reason="Forsøg i to år, som rapporten foreslår. Evalueres, før det bliver drift.",
        )
        proposed = adoption.propose(by=_user(one), terms=terms)
        adoption.approve(by=_user(another), adoption=proposed)


# ---- 5A


def _walk() -> None:
    """The first citizen who can log in is proposed, the second is asked and has not answered; others stand at each step."""
    own_ones = _own_citizens()
    others = iter(_others(own_ones))
    if len(own_ones) > 1:
        _bring([own_ones[1]], "asked")
    for stage, number in STAGES:
        chains = [chain for _n, chain in zip(range(number), others, strict=False)]
        if chains:
            _bring(chains, stage)


def _own_citizens() -> list[UUID]:
    """The chains of those who log in, who has not consented to sharing first."""
    keys = list(User.objects.filter(role="citizen").order_by("pk").values_list("person_key", flat=True))
    chains = dict(_reachable().filter(person_key__in=keys).values_list("person_key", "pk"))
    return [chains[key] for key in keys if key in chains]


def _others(taken: Sequence[UUID]) -> list[UUID]:
    rows = list(
        _reachable().exclude(pk__in=taken).order_by("person_key").values_list("person_key", "pk")[:200]
    )
    met = [
        listing.visible([key for key, _chain in rows], by=_user(name), purpose=PURPOSE)
        for name in ("bente", "soeren")
    ]
    return [chain for key, chain in rows if all(key in each for each in met)]


def _reachable() -> QuerySet[Chain]:
    return Chain.objects.filter(from_unit=BIF_UNIT, to_unit=RECEIVING, state="proposed")


def _bring(chains: Sequence[UUID], stage: str) -> None:
    """Bring chains to a stage, step by step, as the units would."""
    for step in STEPS[: 1 + LAST[stage]]:
        step(chains)
    if stage == "refused":
        words = "Vi mangler at vide, om borgeren har en aftale om praktik, der løber videre."
        for chain in chains:
            single.refuse(
                by=_user("soeren"), chain_id=chain, reason="oplysninger", note=words, language=LANGUAGE
            )
    if stage == "returning":
        for chain in chains:
            single.ask_back(
                by=_user("soeren"),
                chain_id=chain,
                cause="request",
                note="Borgeren vil gerne tilbage.",
                language=LANGUAGE,
            )


def _half(chains: Sequence[UUID]) -> None:
    _assess(chains, "bente", "bif")


def _whole(chains: Sequence[UUID]) -> None:
    _assess(chains, "soeren", "sof")


def _assess(chains: Sequence[UUID], name: str, side: str) -> None:
    bulk.assess(by=_user(name), chains=chains, said=NO[side], note="", language=LANGUAGE)


def _ask(chains: Sequence[UUID]) -> None:
    _told_to_do(chains)
    how = "portal" if len(chains) == 1 else "letter"
    bulk.ask(by=_user("bente"), chains=chains, how=how, days=365, language=LANGUAGE)


def _answer(chains: Sequence[UUID]) -> None:
    """On the own page where the citizen has one, else on a signed paper."""
    for chain in Chain.objects.filter(pk__in=chains, state="asked"):
        citizen = User.objects.filter(role="citizen", person_key=chain.person_key).first()
        if citizen is not None:
            own.give(by=citizen, consent=chain.consent, language=LANGUAGE)
            continue
        said = {"answer": "given", "language": LANGUAGE, "file": SCAN, "name": "samtykke.pdf"}
        staff.record_paper(by=_user("bente"), consent=chain.consent, signed_on=timezone.localdate(), **said)
    actions.hear_answers(by=SYSTEM)


def _decide(chains: Sequence[UUID]) -> None:
    bulk.decide(
        by=_user("bente"), chains=chains, effective_on=timezone.localdate(), note="", language=LANGUAGE
    )


def _accept(chains: Sequence[UUID]) -> None:
    bulk.accept(by=_user("soeren"), chains=chains, language=LANGUAGE)
    actions.effect_due(by=SYSTEM)
    for chain in Chain.objects.filter(pk__in=chains, state="effective")[:2]:
        single.take(by=_user("soeren"), chain_id=chain.pk, language=LANGUAGE)
    _sanction(Chain.objects.filter(pk__in=chains, state="effective").order_by("person_key").last())


def _sanction(chain: Chain | None) -> None:
    """SOF, which has the case now, decides a sanction; it waits in BIF's benefits service."""
    if chain is None or User.objects.filter(person_key=chain.person_key).exists():
        return
    asking, today = sanctions.Asking(_user("soeren"), PURPOSE, LANGUAGE), timezone.localdate()
    wish = Missed(
        ground="LAS-36",
        from_day=today - timedelta(days=9),
        to_day=today - timedelta(days=9),
        reason="Kom ikke til samtalen, som var aftalt i god tid, og meldte ikke afbud.",
        assessment="Vi har talt med borgeren. Fraværet skyldes ikke borgerens problemer, og borgeren forstår reglerne.",
    )
    drafted = sanctions.draft(asking, person=chain.person_key, wish=wish)
    sanctions.step(asking, sanction=drafted, act="decide")


STEPS = (_half, _whole, _ask, _answer, _decide, _accept)
LAST = {
    "half": 0,
    "assessed": 1,
    "asked": 2,
    "consented": 3,
    "offered": 4,
    "refused": 4,
    "moved": 5,
    "returning": 5,
}


def _told_to_do(chains: Iterable[UUID]) -> None:
    """What waits in BIF, and will go along if the citizen moves."""
    for chain in Chain.objects.filter(pk__in=list(chains)[:2]).exclude(state__in=ENDED):
        todo = Todo(
            "sagsbehandleransvar",
            "Aftal næste samtale",
            "Borgeren vil helst mødes om formiddagen.",
            _in_days(14),
        )
        tasks.write(by=_user("bente"), person=chain.person_key, purpose=PURPOSE, language=LANGUAGE, wish=todo)


# ---- 8B


def _open_entrance() -> None:
    """A house with both sides' people, open on weekdays, out at a shelter on Tuesdays; its group invited, some who came."""
    lene, birgit = _user("lene"), _user("birgit")
    joint = next(each for each in keeping.joint_models() if each.model == "8B")
    entrance = keeping.plan(
        by=lene,
        adoption_id=joint.id,
        name="Fælles indgang for borgere i rusmiddelbehandling",
        place="Driftscenter 2, stueetagen",
        address="Eksempelvej 12, 2400 København NV",
    )
    days = {day: (time(9), time(15)) if day < 5 else (None, None) for day in range(7)}
    keeping.set_hours(by=lene, entrance=entrance.pk, hours=days)
    for leader, unit, name in ((lene, ENTRANCE, "kim"), (birgit, BIF_UNIT, "bente")):
        team = keeping.add_team(by=leader, entrance=entrance.pk, unit=unit)
        keeping.add_person(by=leader, entrance=team.entrance_id, team=team.pk, username=name)
    shelter = Place(
        "shelter",
        "Herberget på Eksempelvej",
        "Eksempelvej 40, 2400 København NV",
        time(10),
        time(12),
        weekday=1,
    )
    keeping.add_outreach(by=lene, entrance=entrance.pk, place=shelter)
    keeping.open_doors(by=lene, entrance=entrance.pk)
    invitations.one_round(by=SYSTEM)
    _visits(entrance)


def _visits(entrance: Entrance) -> None:
    """Some have said yes at a meeting and been there: most met both sides in one visit."""
    bente, kim = _user("bente"), _user("kim")
    logins = User.objects.filter(role="citizen").values("person_key")
    asked = Attachment.objects.filter(entrance=entrance, state="invited").exclude(person_key__in=logins)
    people = dict(asked.order_by("person_key").values_list("person_key", "pk")[:200])
    met = set(people)
    for user in (bente, kim):
        near = listing.visible(met, by=user, purpose=PURPOSE)
        met = set(naming.named(near, by=user, purpose=PURPOSE, action="list", about=["handover"]))
    for number, person in enumerate(sorted(met)[:VISITORS]):
        attachment = people[person]
        reception.answer(by=kim, attachment=attachment, yes=True, language=LANGUAGE)
        reception.arrive(by=kim, attachment=attachment, outreach=None, language=LANGUAGE)
        visit = Visit.objects.get(attachment=attachment).pk
        for user in (kim, bente) if number % 3 else (kim,):
            reception.serve(by=user, visit=visit, language=LANGUAGE)
        reception.finish(by=kim, visit=visit, language=LANGUAGE)


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)
