"""Which models are in use on a day, and on what terms."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from helhed.coordination.handover.adoption.lawful import LawOf, holds, law_of, models
from helhed.coordination.handover.adoption.models import AdoptedModel
from helhed.law import catalogue

__all__ = ["Adopted", "LawOf", "adopted", "in_use", "in_use_all", "law_of", "over"]

USED = ("trial", "in_force")


@dataclass(frozen=True)
class Adopted:
    """A model as it was adopted for [valid_from, valid_to): who takes over, on what ground, with which deadlines in days.

    `transfer_type` is "ressortflyt" or "faelles-indgang". `receiving` may lie above the units the citizens belong to.
    """

    id: UUID
    model: str
    mode: str
    valid_from: date
    valid_to: date | None
    receiving: str
    ground: str
    grace_days: int
    assess_days: int
    consent_days: int
    accept_days: int
    return_days: int
    form: str
    staffing: str
    transfer_type: str

    def label(self, language: str) -> str:
        """The model's name in `da` or `en`."""
        return catalogue().label("groups", self.model, language)


def in_use(model: str, on: date) -> Adopted | None:
    """How a model is in use on a day, as a trial or in force; None where it is not."""
    return next((each for each in in_use_all(on) if each.model == model), None)


def in_use_all(on: date) -> tuple[Adopted, ...]:
    """Every model in use on a day, by key: approved, begun, not ended, on a ground that is in force."""
    rows = AdoptedModel.objects.filter(state="approved", mode__in=USED, valid_from__lte=on).order_by("model")
    return tuple(
        _adopted(row) for row in rows if (row.valid_to is None or on < row.valid_to) and holds(row.ground, on)
    )


def over(on: date) -> tuple[Adopted, ...]:
    """Every model that was in use and no longer is on a day: it was ended, its time is up, or its ground has given way."""
    rows = AdoptedModel.objects.filter(state__in=["approved", "ended"], mode__in=USED, valid_from__lte=on)
    return tuple(
        _adopted(row)
        for row in rows.order_by("model", "valid_from")
        if row.state == "ended"
        or (row.valid_to is not None and row.valid_to <= on)
        or not holds(row.ground, on)
    )


def adopted(id: UUID) -> Adopted:
    """The terms of one adoption, in use or not. AdoptedModel.DoesNotExist if there is none."""
    return _adopted(AdoptedModel.objects.get(pk=id))


def _adopted(row: AdoptedModel) -> Adopted:
    return Adopted(
        id=row.pk,
        model=row.model,
        mode=row.mode,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        receiving=row.receiving,
        ground=row.ground,
        grace_days=row.grace_days,
        assess_days=row.assess_days,
        consent_days=row.consent_days,
        accept_days=row.accept_days,
        return_days=row.return_days,
        form=row.form,
        staffing=row.staffing,
        transfer_type=models()[row.model].transfer_type or "",
    )
