"""The leaders' doors to adopted models: the list, one adoption, what can be proposed. Numbers are protected counts."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.adoption.answers import Choice, Limit, Line, View, Wanted
from helhed.coordination.handover.adoption.lawful import TRANSFER, law_of, models
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.coordination.handover.adoption.proposed import other_side
from helhed.coordination.handover.adoption.standing import in_use_all
from helhed.coordination.handover.adoption.terms import LIMITS, Terms, longest_trial, receivers
from helhed.law import catalogue
from helhed.sharing import counts
from helhed.sharing.answers import Count, NoAccess
from helhed.sharing.emergencies import names_of
from helhed.sharing.policy import above

ORDER = ("waits", "now", "later", "draft", "over", "rejected", "withdrawn")


def listed(*, by: User, language: str) -> tuple[Line, ...]:
    """Every adoption: those that wait first, then those in use, those to come, drafts, and what is over."""
    _needs(by)
    rows = list(AdoptedModel.objects.order_by("model", "-valid_from", "-proposed_at"))
    sizes, names = _sizes(by, {row.model for row in rows}), _names(rows)
    lines = [_line(row, by, sizes, names, language) for row in rows]
    return tuple(sorted(lines, key=lambda line: ORDER.index(line.when)))


def waiting(*, by: User) -> int:
    """How many proposals wait for this reader's administration."""
    if not by.may("model.adopt"):
        return 0
    return sum(_mine(row, by) for row in AdoptedModel.objects.filter(state="proposed"))


def one(*, by: User, adoption: UUID, language: str) -> View:
    """One adoption, whole. AdoptedModel.DoesNotExist if there is none."""
    _needs(by)
    row = AdoptedModel.objects.get(pk=adoption)
    line = _line(row, by, _sizes(by, {row.model}), _names([row]), language)
    entry, grounds = models()[row.model], catalogue().legal_grounds
    ground = grounds.get(row.ground)
    changes = catalogue().law_changes
    mine, transfer = _mine(row, by), entry.transfer_type == TRANSFER
    return View(
        line=line,
        series=entry.series.in_language(language) if entry.series else "",
        transfer=transfer,
        receiving=row.receiving,
        side=above(row.receiving)[-1],
        ground_label=ground.label.in_language(language) if ground else "",
        ground_summary=ground.summary.in_language(language) if ground else "",
        ground_checked=bool(ground and ground.is_checked),
        confirmed_by_lawyer=row.confirmed_by_lawyer,
        confirmed_on=row.confirmed_on,
        settled=tuple(
            (key, changes[key].label.in_language(language)) for key in row.settled if key in changes
        ),
        law=law_of(row.model, row.valid_from),
        limits=_limits(row, transfer),
        form_label=form_label(row.form) if transfer else "",
        staffing_label="" if transfer else staffing_label(row.staffing),
        reason=row.reason,
        effects=_effects(transfer, language),
        steps=_steps(row, language),
        may_approve=mine,
        may_reject=row.state == "proposed" and row.proposed_by != by.username,
        may_withdraw=row.state == "proposed" and row.proposed_by == by.username,
        may_end=line.when in ("now", "later", "draft"),
    )


def choices(*, by: User, language: str) -> tuple[Choice, ...]:
    """The models that can be proposed, in the report's order."""
    _needs(by)
    sizes = _sizes(by, models())
    used = {each.model: mode_label(each.mode) for each in in_use_all(timezone.localdate())}
    return tuple(
        Choice(
            key=key,
            label=entry.label.in_language(language),
            series=entry.series.in_language(language) if entry.series else "",
            transfer=entry.transfer_type == TRANSFER,
            verdict=entry.verdict or "",
            size=sizes[key],
            in_use=used.get(key, ""),
        )
        for key, entry in models().items()
    )


def wanted(*, by: User, model: str, on: date, language: str) -> Wanted:
    """What a proposal of a model from a day can say. KeyError if there is no such model."""
    _needs(by)
    entry, law, book = models()[model], law_of(model, on), catalogue()
    transfer = entry.transfer_type == TRANSFER
    return Wanted(
        key=model,
        label=entry.label.in_language(language),
        series=entry.series.in_language(language) if entry.series else "",
        transfer=transfer,
        verdict=entry.verdict or "",
        size=_sizes(by, [model])[model],
        on=on,
        law=law,
        grounds=tuple((key, book.label("legal_grounds", key, language)) for key in law.grounds),
        doubts=tuple((key, book.law_changes[key].label.in_language(language)) for key in law.doubts),
        receivers=tuple((unit, book.called(unit, language)) for unit in receivers(model, on)),
        limits=_limits(None, transfer),
        latest_trial=longest_trial(on),
        effects=_effects(transfer, language),
    )


def mode_label(mode: str) -> str:
    """What a mode is called."""
    return {"draft": _("Udkast"), "trial": _("Forsøg"), "in_force": _("I drift")}[mode]


def form_label(form: str) -> str:
    """How the two cases are worked with."""
    return {
        "one_worker": _("Én medarbejder har begge sager"),
        "pair": _("Makkerpar: en medarbejder fra hver forvaltning"),
    }[form]


def staffing_label(staffing: str) -> str:
    """How the team is staffed."""
    return {"A": _("A: fast team"), "B": _("B: skiftende medarbejdere efter vagtplan")}[staffing]


def _effects(transfer: bool, language: str) -> tuple[tuple[str, str], ...]:
    """What a hand-over does to each part of the responsibility, as the catalogue has it. An entrance does nothing to any."""
    words = {
        "moves": _("flytter til den modtagende enhed"),
        "duplicated": _("ligger hos begge forvaltninger"),
        "stays": _("bliver, hvor det er"),
    }
    duties = catalogue().responsibilities.values()
    stays = words["stays"]
    return tuple(
        (duty.label.in_language(language), words.get(duty.on_transfer, stays) if transfer else stays)
        for duty in duties
    )


def _limits(row: AdoptedModel | None, transfer: bool) -> tuple[Limit, ...]:
    """The deadlines of a hand-over; of an entrance how long a citizen who is out of the group goes on."""
    grace = _("Så længe kan borgeren bruge indgangen, efter at borgeren er gået ud af målgruppen.")
    if transfer:
        grace = _("Så længe beholder modtageren ansvaret, efter at borgeren er gået ud af målgruppen.")
    said = {
        "grace_days": (_("Løbetid efter målgruppen"), grace),
        "assess_days": (_("Vurdering"), _("Fra forslag, til begge forvaltninger har vurderet.")),
        "consent_days": (_("Borgerens svar"), _("Fra borgeren er spurgt.")),
        "accept_days": (_("Modtagelse"), _("Fra sagen er tilbudt den modtagende enhed.")),
        "return_days": (_("Tilbageførsel"), _("Fra tilbageførslen er åbnet, til ansvaret er tilbage.")),
    }
    given = row or Terms
    return tuple(
        Limit(field, *said[field], getattr(given, field), least, most)
        for field, (least, most) in LIMITS.items()
        if transfer or field == "grace_days"
    )


def _line(row: AdoptedModel, by: User, sizes: dict[str, Count], names: dict[str, str], language: str) -> Line:
    book = catalogue()
    return Line(
        id=row.pk,
        model=row.model,
        label=book.label("groups", row.model, language),
        mode=row.mode,
        mode_label=mode_label(row.mode),
        when=_when(row, timezone.localdate()),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        receiving_label=book.called(row.receiving, language),
        size=sizes[row.model],
        proposed_by=names.get(row.proposed_by, row.proposed_by),
        mine=_mine(row, by),
    )


def _when(row: AdoptedModel, today: date) -> str:
    if row.state in ("proposed", "rejected", "withdrawn"):
        return "waits" if row.state == "proposed" else row.state
    if row.state == "ended" or (row.valid_to is not None and row.valid_to <= today):
        return "over"
    if row.mode == "draft":
        return "draft"
    return "later" if today < row.valid_from else "now"


def _steps(row: AdoptedModel, language: str) -> tuple[tuple[str, str, str, datetime, str], ...]:
    names = _names([row])

    def step(
        what: str, who: str, unit: str, at: datetime | None, why: str
    ) -> tuple[str, str, str, datetime, str]:
        label = catalogue().called(unit, language)
        return what, names.get(who, who), label, at or row.proposed_at, why

    found = [step(_("Foreslået"), row.proposed_by, row.proposed_unit, row.proposed_at, row.reason)]
    if row.decided_by:
        said = {"rejected": _("Afvist"), "withdrawn": _("Trukket tilbage")}
        what = said.get(row.state, _("Godkendt"))
        found.append(step(what, row.decided_by, row.decided_unit, row.decided_at, row.decided_reason))
    if row.ended_by:
        found.append(step(_("Stoppet"), row.ended_by, "", row.ended_at, row.end_reason))
    return tuple(found)


def _mine(row: AdoptedModel, by: User) -> bool:
    """Whether this reader can approve it."""
    return row.state == "proposed" and row.proposed_by != by.username and other_side(by, row)


def _sizes(by: User, keys: Iterable[str]) -> dict[str, Count]:
    asked = sorted(keys)
    found = counts.sizes(keys=asked, on=timezone.localdate(), by=by) if asked else {}
    return {key: sized.size for key, sized in found.items()}


def _names(rows: Iterable[AdoptedModel]) -> dict[str, str]:
    return names_of(login for row in rows for login in (row.proposed_by, row.decided_by, row.ended_by))


def _needs(by: User) -> None:
    if not by.may("model.adopt"):
        raise NoAccess(_("Din rolle giver ikke adgang til dette."))
