"""What is already known to change an answer: the day, what happens on it, and what the answer then is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from helhed.rules.criteria import (
    Age,
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
from helhed.rules.one import Reason, Value
from helhed.rules.sentences import duration_text
from helhed.sharing.why.answers import CLOSED
from helhed.sharing.why.sight import Seen
from helhed.sharing.why.spans import Turn
from helhed.sharing.why.wording import Words, day_words


def turn_words(turn: Turn, before: Seen, after: Seen, words: Words) -> str:
    """One change as two sentences: "Den 3. maj 2027 fylder borgeren 30 år. Så er borgeren ikke længere med."

    `before`, `after`: the group the day before and on the day of the turn."""
    said = dict.fromkeys(
        _cause(old, new, turn.day, words) for old, new in causes(before.reason, after.reason)
    )
    if before.reason.version is None:
        said = {_("træder målgruppen i kraft"): None}
    elif _versions(before.reason) != _versions(after.reason):
        said = {_("gælder en ny udgave af målgruppen"): None, **said}
    what = _(" og ").join(said) or _("ændrer det sig")
    happens = _("Den %(day)s %(what)s.") % {"day": day_words(turn.day), "what": what}
    return f"{happens} {_effect(turn, words)}"


def causes(before: Reason, after: Reason) -> list[tuple[Reason, Reason]]:
    """The leaves whose turning made the group turn, as they were and as they became.

    Those that alone would have kept the old answer, had they not turned; where none would alone, all that turned.
    """
    were = {_place(leaf): leaf for leaf in _leaves(before)}
    turned = [
        (were[_place(leaf)], leaf)
        for leaf in dict.fromkeys(_leaves(after))
        if _place(leaf) in were and were[_place(leaf)].value is not leaf.value
    ]
    alone = [
        (old, new) for old, new in turned if _value_with(after, {_place(new): old.value}) is not after.value
    ]
    return alone or turned


def _cause(old: Reason, new: Reason, day: int, words: Words) -> str:
    criterion = new.criterion
    if isinstance(criterion, Age):
        age = criterion.start if new.value is Value.TRUE else criterion.below
        return _("fylder %(who)s %(age)s år") % {"who": words.who, "age": age or 0}
    if isinstance(criterion, AnyChild | AnyParent):
        return _("ændrer et barns sag eller familiens bånd sig")
    if isinstance(criterion, Leaf):
        return _leaf_cause(criterion, old, new, day, words)
    return _("træder målgruppen i kraft")


def _leaf_cause(leaf: Leaf, old: Reason, new: Reason, day: int, words: Words) -> str:
    names = _names([fact for fact in (*new.facts, *old.facts) if fact.start == day], words)
    if names:
        return _("begynder %(name)s") % {"name": names}
    names = _names([fact for fact in old.facts if fact.end == day], words)
    if names:
        return _("er %(name)s slut") % {"name": names}
    name = _names(new.facts or old.facts, words)
    if leaf.within is not None:
        length = duration_text(leaf.within, words.language)
        return _("er det %(length)s siden, %(name)s sluttede") % {"length": length, "name": name}
    if leaf.lasted is not None:
        length = duration_text(leaf.lasted, words.language)
        return _("har %(name)s varet uafbrudt i %(length)s") % {"length": length, "name": name}
    if leaf.ending_within is not None:
        length = duration_text(leaf.ending_within, words.language)
        return _("er der %(length)s til, at %(name)s slutter") % {"length": length, "name": name}
    return _("ændrer det sig, om %(who)s %(what)s") % {"who": words.who, "what": words.criterion(leaf)}


def _effect(turn: Turn, words: Words) -> str:
    said = {
        "true": _("Så er %(who)s med i gruppen."),
        "false": _("Så er %(who)s ikke længere med i gruppen."),
        "unknown": _("Så kan det ikke afgøres, om %(who)s er med."),
        CLOSED: _("Så bygger svaret på oplysninger, du ikke har adgang til."),
    }[turn.after]
    if turn.after == "false" and turn.before != "true":
        said = _("Så er det sikkert, at %(who)s ikke er med i gruppen.")
    return said % {"who": words.who}


def _names(facts: list[Fact] | tuple[Fact, ...], words: Words) -> str:
    return _(" og ").join(dict.fromkeys(words.name_of(fact) for fact in facts))


def _place(reason: Reason) -> tuple[object, Criterion]:
    return reason.person, reason.criterion


def _leaves(reason: Reason) -> Iterator[Reason]:
    if not reason.parts:
        yield reason
    for part in reason.parts:
        yield from _leaves(part)


def _versions(reason: Reason) -> list[object]:
    """The versions in force of the group and of those it leans on, in the order written."""
    own = [(reason.criterion, reason.version)] if isinstance(reason.criterion, GroupRef) else []
    return [*own, *(version for part in reason.parts for version in _versions(part))]


def _value_with(reason: Reason, otherwise: dict[tuple[object, Criterion], Value]) -> Value:
    """The value of a node if some leaves had another."""
    if not reason.parts:
        return otherwise.get(_place(reason), reason.value)
    values = sorted((_value_with(part, otherwise) for part in reason.parts), reverse=True)
    match reason.criterion:
        case Not():
            return values[0].negated()
        case AtLeast():
            return values[reason.criterion.n - 1]
        case AnyOf() | GroupRef():
            return values[0]
    return values[-1]
