"""What the law of a day lets a model be: in force, a trial, or a draft; and why, in the reader's language.

A transfer needs an organisation ground of that day's rules. In force, it needs a lawyer's confirmation besides, recorded with
the adoption. A joint entrance moves no authority and needs none of it.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helhed.law import catalogue
from helhed.law.rulings import LawChange, LegalGround
from helhed.law.statements import TargetGroup
from helhed.periods import date_of, day_of

TRANSFER, ENTRANCE = "ressortflyt", "faelles-indgang"
ENTRANCE_GROUND = "LAB-40-3"
"""What co-operation in an entrance rests on: the joint plan, which the citizen consents to. No authority moves."""
UNSETTLED = ("secondary_source", "unknown")


@dataclass(frozen=True)
class LawOf:
    """What the rules of a day say of a model.

    `may_be_in_force`: the rules hold an organisation ground that lets the task be carried elsewhere, so that only a lawyer's
    confirmation is missing; always true for an entrance. `grounds`: those grounds, keys of the catalogue. `ends`: the day
    the last of them gives way, None if none does. `doubts`: changes of law, by key, that a lawyer must have settled before
    anything is in force. `why`: sentences.
    """

    may_be_in_force: bool
    grounds: tuple[str, ...]
    regime: str
    ends: date | None
    doubts: tuple[str, ...]
    why: tuple[str, ...]


def law_of(model: str, on: date) -> LawOf:
    """What the law of a day lets a model be. KeyError if there is no such model."""
    entry = models()[model]
    regime = _regime(on)
    if entry.transfer_type == ENTRANCE:
        grounds = (ENTRANCE_GROUND,) if _ground(ENTRANCE_GROUND).valid_on(day_of(on)) else ()
        return LawOf(True, grounds, regime, None, (), (_no_authority_moves(),))
    grounds = _organisation_grounds(regime, on)
    doubts = tuple(change.key for change in _unsettled(grounds, on))
    ends = [_ground(key).valid_to for key in grounds]
    last = None if None in ends or not ends else date_of(max(end for end in ends if end is not None))
    return LawOf(bool(grounds), grounds, regime, last, doubts, _why(grounds, doubts))


def models() -> dict[str, TargetGroup]:
    """The models of the catalogue that can be adopted, by key, in its order."""
    return {
        entry.key: entry
        for entry in catalogue().groups_of(("model",))
        if entry.transfer_type and not entry.draft
    }


def holds(ground: str, on: date) -> bool:
    """Whether a ground of the catalogue is in force on a day."""
    grounds = catalogue().legal_grounds
    return ground in grounds and grounds[ground].valid_on(day_of(on))


def _ground(key: str) -> LegalGround:
    return catalogue().legal_grounds[key]


def _regime(on: date) -> str:
    """The rules in force on a day, the newest first; drafts are left out. "" where there are none."""
    found = [each for each in catalogue().regimes.on(day_of(on)).values() if not each.draft]
    return max(found, key=lambda each: each.valid_from or 0).key if found else ""


def _organisation_grounds(regime: str, on: date) -> tuple[str, ...]:
    """The grounds on which another unit may do the task: in the rules of the day, and some way of using them is possible."""
    if not regime:
        return ()
    day = day_of(on)
    ways = catalogue().legal_options.on(day).values()
    possible = {ground for way in ways if way.transfer_possible == "yes" for ground in way.grounds}
    return tuple(
        key
        for key in catalogue().regimes[regime].grounds
        if key in possible and _ground(key).use == "organisation" and _ground(key).valid_on(day)
    )


def _unsettled(grounds: tuple[str, ...], on: date) -> list[LawChange]:
    return [
        change
        for change in catalogue().law_changes.values()
        if change.certainty in UNSETTLED
        and set(change.touches.legal_grounds) & set(grounds)
        and (not change.effective or change.effective[0] <= day_of(on))
        and (change.ends is None or day_of(on) < change.ends)
    ]


def _no_authority_moves() -> str:
    return _("En fælles indgang flytter ingen myndighed: hver forvaltning beholder sit ansvar.")


def _why(grounds: tuple[str, ...], doubts: tuple[str, ...]) -> tuple[str, ...]:
    language = "en" if (get_language() or "da").startswith("en") else "da"
    if not grounds:
        return (
            _(
                "Den dag er der ingen hjemmel til, at en anden enhed har opgaven. Modellen kan kun være et udkast."
            ),
        )
    said = [_ground_said(_ground(key), language) for key in grounds]
    said += [_doubt_said(catalogue().law_changes[key], language) for key in doubts]
    return tuple(said)


def _doubt_said(change: LawChange, language: str) -> str:
    """A change of law by its name, its number in the catalogue, and what it means here."""
    name, meaning = change.label.in_language(language), change.consequence.in_language(language)
    return f"{name} ({change.key}): {meaning}"


def _ground_said(ground: LegalGround, language: str) -> str:
    words = {"ground": ground.label.in_language(language)}
    if ground.is_checked:
        return _("»%(ground)s« giver mulighed for det, og det er bekræftet af en jurist.") % words
    return (
        _(
            "»%(ground)s« kan give mulighed for det, men er ikke bekræftet af en jurist. Indtil det er sket, kan modellen kun være et forsøg eller et udkast."
        )
        % words
    )
