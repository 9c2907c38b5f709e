"""An explanation in words: the lines of a criterion with the facts behind them, and what is missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helhed.law import Catalogue
from helhed.periods import date_of
from helhed.register.questions import FactRow
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    GroupRef,
    Leaf,
    Not,
)
from helhed.rules.facts import Fact
from helhed.rules.one import Almost, Obstacle, Reason, Value
from helhed.sharing.why import phrases
from helhed.sharing.why.answers import CLOSED, WhyFact, WhyLine
from helhed.sharing.why.sight import Seen, leaves

MOST_ALMOST = 2
_REMARK = re.compile(r" \([^)]*\)$")
_LAST_DAY = date.max.toordinal() - date(1970, 1, 1).toordinal()
_COMPOUND = (All, AnyOf, AtLeast)


@dataclass(frozen=True)
class Words:
    """What is needed to say it: the catalogue's labels, the names of the sources, and whom it is said about."""

    book: Catalogue
    language: str
    sources: Mapping[str, str]
    who: str
    on: int

    def criterion(self, criterion: Criterion) -> str:
        """A criterion in one short line."""
        return phrases.short(criterion, self.label, self.language)

    def whole(self, criterion: Criterion) -> str:
        """A criterion with all it names, where the line leaves some unnamed; else empty."""
        named = phrases.full(criterion, self.label, self.language)
        return "" if named == self.criterion(criterion) else named

    def label(self, kind: str, code: str, language: str) -> str:
        """The words for a code, a unit or a group; a unit goes without the remark in brackets behind its name."""
        name = self.book.label(kind, code, language)
        return _REMARK.sub("", name) if kind == "unit" else name

    def name_of(self, fact: Fact) -> str:
        """What a fact is, in quotation marks."""
        return _("»%(name)s«") % {"name": self.label(fact.kind, fact.code, self.language)}

    def fact(self, fact: Fact) -> WhyFact:
        """A fact of the person, where it comes from and how old the knowledge is."""
        row = fact.origin
        known = row.known_from if isinstance(row, FactRow) else timezone.now()
        source = self.sources[row.source] if isinstance(row, FactRow) else _("Opdigtet til prøven")
        return WhyFact(
            label=self.label(fact.kind, fact.code, self.language),
            unit_label=self.label("unit", fact.unit, self.language) if fact.unit else "",
            start=date_of(fact.start),
            end=None if fact.end is None or fact.end > _LAST_DAY else date_of(fact.end),
            source=source,
            known_since=known,
            age_days=(timezone.localdate() - timezone.localtime(known).date()).days,
        )


def value_word(node: Seen) -> str:
    """true, false, unknown or closed."""
    return CLOSED if node.closed else node.reason.value.word


def lines_of(node: Seen, words: Words, depth: int = 0) -> tuple[WhyLine, ...]:
    """The lines of a node and of what is below it, as the viewer sees them."""
    criterion = node.reason.criterion
    if isinstance(criterion, Leaf | Age):
        return (replace(_leaf(node, words, depth), whole=words.whole(criterion)),)
    if isinstance(criterion, AnyChild | AnyParent):
        return (replace(_relation(node, words, depth), whole=words.whole(criterion)),)
    if isinstance(criterion, GroupRef):
        text, note = words.criterion(criterion), "" if node.parts else _("Gruppen findes ikke på dagen.")
        head = WhyLine(depth, value_word(node), text, note=note, closed=node.closed, group=criterion.key)
        return (head, *(line for part in node.parts for line in lines_of(part, words, depth + 1)))
    if isinstance(criterion, Not) and not isinstance(criterion.of, _COMPOUND):
        return (_negation(node, words, depth),)
    text = phrases.heading(criterion, words.label, words.language)
    head = WhyLine(depth, value_word(node), text, closed=node.closed)
    return (head, *(line for part in node.parts for line in lines_of(part, words, depth + 1)))


def misses_of(node: Seen, ways: Sequence[tuple[Obstacle, ...]], words: Words) -> tuple[str, ...]:
    """The ways to a yes as sentences, the nearest first. What is closed is counted, never named."""
    closed = {id(part.reason) for part in leaves(node) if part.closed}
    said = []
    for number, way in enumerate(ways):
        open_ones = [_obstacle(o, words) for o in way if id(o.reason) not in closed]
        if len(open_ones) < len(way):
            open_ones.append(_("resten bygger på oplysninger, du ikke har adgang til"))
        what = _(" – og: ").join(open_ones)
        first = _("Mangler kun: %(what)s") if len(way) == 1 else _("Mangler: %(what)s")
        said.append((_("Eller: %(what)s") if number else first) % {"what": what})
    return tuple(dict.fromkeys(said))


def day_words(day: int) -> str:
    """A day as people say it."""
    return date_format(date_of(min(day, _LAST_DAY)), "DATE_FORMAT")


def _leaf(node: Seen, words: Words, depth: int) -> WhyLine:
    text = words.criterion(node.reason.criterion)
    if node.closed:
        note = _("Bygger på oplysninger, du ikke har adgang til.")
        return WhyLine(depth, CLOSED, text, note=note, closed=True)
    reason = node.reason
    if isinstance(reason.criterion, Age):
        return WhyLine(depth, value_word(node), text, note=_age(reason, words))
    almost = () if reason.value is not Value.FALSE else _nearest(reason.almost, words.on)
    facts = tuple(words.fact(fact) for fact in (*reason.facts, *(near.fact for near in almost)))
    notes = [_almost(near, words) for near in almost]
    if reason.value is Value.UNKNOWN:
        notes = [_("Kilden siger ikke, om det er den slags eller den enhed, der spørges om.")]
    return WhyLine(depth, value_word(node), text, facts, " ".join(notes))


def _relation(node: Seen, words: Words, depth: int) -> WhyLine:
    text = words.criterion(node.reason.criterion)
    if node.closed and isinstance(node.reason.criterion, AnyParent):
        note = _("Bygger på en anden persons oplysninger, som ikke vises her.")
    elif node.closed:
        note = _("Bygger på oplysninger, du ikke har adgang til.")
    else:
        note = _("Barnets egne oplysninger vises ikke her.") if node.reason.value else ""
    return WhyLine(depth, value_word(node), text, note=note, closed=node.closed)


def _negation(node: Seen, words: Words, depth: int) -> WhyLine:
    """A negated leaf is one line: the value of the negation, the facts of the leaf."""
    below = lines_of(node.parts[0], words, depth)[0]
    text = words.criterion(node.reason.criterion)
    whole = words.whole(node.reason.criterion)
    return replace(below, value=value_word(node), text=text, closed=node.closed, whole=whole)


def _age(reason: Reason, words: Words) -> str:
    """When the ages of the criterion are or were reached."""
    age = reason.criterion
    if reason.value is Value.UNKNOWN or not isinstance(age, Age):
        return _("Fødselsdatoen kendes ikke.")
    past, coming = _("Fyldte %(age)s år den %(day)s."), _("Fylder %(age)s år den %(day)s.")
    said = []
    if reason.since is not None:
        reached = age.start if reason.value is Value.TRUE else age.below
        said.append(past % {"age": reached, "day": day_words(reason.since)} if reached else "")
    if reason.until is not None:
        ahead = age.below if reason.value is Value.TRUE else age.start
        said.append(coming % {"age": ahead, "day": day_words(reason.until)} if ahead else "")
    return " ".join(filter(None, said))


def _nearest(almost: Sequence[Almost], on: int) -> list[Almost]:
    """The facts that come closest: those that hold on the day, then the latest."""

    def place(near: Almost) -> tuple[bool, int]:
        return on in near.fact.span, near.fact.start if near.fact.end is None else near.fact.end

    return sorted(almost, key=place, reverse=True)[:MOST_ALMOST]


def _almost(near: Almost, words: Words) -> str:
    """In which way a fact comes close."""
    fact, name = near.fact, words.name_of(near.fact)
    if near.but == "unit":
        return _("%(name)s er hos en anden enhed.") % {"name": name}
    if near.but == "code":
        return _("Det registrerede er %(name)s.") % {"name": name}
    if fact.end is not None and fact.end <= words.on:
        return _("%(name)s sluttede %(day)s.") % {"name": name, "day": day_words(fact.end - 1)}
    if fact.start > words.on:
        return _("%(name)s begynder først %(day)s.") % {"name": name, "day": day_words(fact.start)}
    if fact.end is None:
        return _("%(name)s begyndte %(day)s og har ingen slutdato.") % {
            "name": name,
            "day": day_words(fact.start),
        }
    return _("%(name)s gælder fra %(start)s til og med %(end)s.") % {
        "name": name,
        "start": day_words(fact.start),
        "end": day_words(fact.end - 1),
    }


def _obstacle(obstacle: Obstacle, words: Words) -> str:
    """What should have been so, or should not."""
    criterion = obstacle.reason.criterion
    text = words.criterion(criterion if obstacle.wanted else Not(criterion))
    return (
        _("%(what)s (kan ikke afgøres i dag)") % {"what": text}
        if obstacle.reason.value is Value.UNKNOWN
        else text
    )
