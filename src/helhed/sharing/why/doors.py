"""The doors to an explanation: each decides, writes its line in the log, and answers only what the decision opens."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.law import Catalogue
from helhed.law.source_words import source_text
from helhed.membership import definitions
from helhed.periods import day_of
from helhed.register.questions import age_on
from helhed.rules.criteria import AnyChild, Criterion, Group, Leaf, Version
from helhed.sharing import hatch, policy
from helhed.sharing.answers import NoAccess
from helhed.sharing.hatch import Met
from helhed.sharing.lanes import consents_of, source_names
from helhed.sharing.why.answers import GroupWhy, MadeUpFact, WhyView
from helhed.sharing.why.explaining import About, Case, group_why
from helhed.sharing.why.sight import CHILD_CASE, Seen, Sight, sight_of
from helhed.sharing.why.wording import Words
from helhed.sharing.why.worlds import SELF, world_made_up, world_of

DRAFT = ""
DRAFT_FAMILY = "draft"
_ALWAYS = day_of(date(1900, 1, 1))


def why(
    *,
    person: UUID,
    by: User,
    purpose: str,
    on: date,
    language: str,
    groups: Sequence[str] | None = None,
) -> tuple[GroupWhy, ...]:
    """Why a citizen is or is not in the groups (all, or those of these keys) on a day. NoAccess, or LookupError for a group
    that is not there."""
    return why_view(person=person, by=by, purpose=purpose, on=on, language=language, groups=groups).groups


def why_view(
    *,
    person: UUID,
    by: User,
    purpose: str,
    on: date,
    language: str,
    groups: Sequence[str] | None = None,
) -> WhyView:
    """The same with the citizen's head. What is open is decided by what holds today, whatever day is asked about."""
    asked = _asked(groups)
    with hatch.meeting(hatch.known_person(person), by=by, purpose=purpose, action="why") as met:
        return _view(met, asked, by=by, purpose=purpose, on=on, language=language)


def why_own(*, by: User, on: date, language: str, groups: Sequence[str] | None = None) -> WhyView:
    """Why the citizen who is logged in is or is not in the groups."""
    if not by.may("citizen.own") or by.person_key is None:
        raise NoAccess(_("Siden er kun for borgere, der er logget ind i deres egen sag."))
    asked, purpose, row = _asked(groups), policy.OWN_MATTER, hatch.known_person(by.person_key)
    with hatch.meeting(row, by=by, purpose=purpose, action="why") as met:
        return _view(met, asked, by=by, purpose=purpose, on=on, language=language)


def why_draft(
    *, criteria: Criterion, label: str, person: UUID, by: User, purpose: str, on: date, language: str
) -> GroupWhy:
    """A draft of the workshop tried on one citizen the viewer may see. NoAccess for who may not test, or not meet them."""
    if not by.may("workshop.test"):
        note(by=by, action="why-draft", person_key=person, purpose=purpose, ground="role", outcome="denied")
        raise NoAccess(_("Din rolle giver ikke adgang til at afprøve et udkast på en borger."))
    row = hatch.known_person(person)
    with hatch.meeting(row, by=by, purpose=purpose, action="why-draft") as met:
        book = definitions.book()
        sight = sight_of(met.decision, book.vocabulary())
        case = Case(world_of(row, met.facts, sight), row.id, [DRAFT], _with_draft(book, criteria), sight)
        words = Words(book, language, source_names(language), _("borgeren"), day_of(on))
        shown = _kinds(case.on(words.on).values()) | {"identity", "group"}
        met.note(by=by, action="why-draft", purpose=purpose, fields=shown)
        return group_why(case, DRAFT, About(label, DRAFT_FAMILY, ""), words)


def why_made_up(
    *,
    criteria: Criterion,
    label: str,
    born: date | None,
    facts: Sequence[MadeUpFact],
    by: User,
    on: date,
    language: str,
) -> GroupWhy:
    """A draft tried on a made-up citizen. Nobody's facts are looked at, so nothing is decided and nothing logged; `by` is
    who asks. RefusedError (rules.errors) where a fact ends before it starts."""
    book = definitions.book()
    sight = Sight(frozenset(), book.vocabulary(), everything=True)
    case = Case(world_made_up(born, facts), SELF, [DRAFT], _with_draft(book, criteria), sight)
    words = Words(book, language, {}, _("personen"), day_of(on))
    return group_why(case, DRAFT, About(label, DRAFT_FAMILY, ""), words)


def _view(met: Met, asked: Sequence[str], *, by: User, purpose: str, on: date, language: str) -> WhyView:
    row, book = met.row, definitions.book()
    sight = sight_of(met.decision, book.vocabulary())
    case = Case(world_of(row, met.facts, sight), row.id, asked, book.groups(), sight)
    who = _("du") if policy.OWN_MATTER in met.decision.grounds.values() else _("borgeren")
    words = Words(book, language, source_names(language), who, day_of(on))
    shown = _kinds(case.on(words.on).values()) | {"identity", "group"}
    what = asked[0] if len(asked) == 1 else ""
    event = met.note(by=by, action="why", object=what, purpose=purpose, fields=shown)
    today = timezone.localdate()
    return WhyView(
        key=row.key,
        name=row.name,
        birth_date=row.birth_date,
        age=age_on(row.birth_date, today),
        number=row.number,
        protected=row.protected,
        on=on,
        consents=consents_of(row.key, today, language),
        groups=tuple(group_why(case, key, _about(book, key, language), words) for key in asked),
        purpose=purpose,
        event=event.pk,
    )


def _asked(groups: Sequence[str] | None) -> Sequence[str]:
    """The groups asked about, all in the order they are shown. LookupError for one that is not there."""
    book = definitions.book()
    if groups is None:
        return [entry.key for entry in book.groups_in_order()]
    for key in groups:
        book.entry("groups", key)
    return groups


def _about(book: Catalogue, key: str, language: str) -> About:
    entry = book.target_groups[key]
    return About(entry.label.in_language(language), entry.family, source_text(book, entry.source, language))


def _with_draft(book: Catalogue, criteria: Criterion) -> dict[str, Group]:
    return {**book.groups(), DRAFT: Group(DRAFT, (Version(_ALWAYS, criteria),))}


def _kinds(nodes: Iterable[Seen]) -> set[str]:
    """The kinds of facts an explanation rests on, closed ones left out: what the log says was shown."""
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        waiting.extend(node.parts)
        criterion = node.reason.criterion
        if isinstance(criterion, Leaf) and not node.closed:
            found.add(criterion.kind)
        if isinstance(criterion, AnyChild) and not node.closed:
            found.add(CHILD_CASE)
    return found
