"""From rows to what the doors answer: labels, names, words, and what the viewer can do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.register import questions as register
from helhed.sharing import policy
from helhed.sharing.asking.answers import Choice, ConsentView, MandateView, ReceiptRef
from helhed.sharing.consent.categories import category_label
from helhed.sharing.consent.deciding import choices_of, form_of
from helhed.sharing.consent.models import Answer, Consent, Receipt
from helhed.sharing.consent.notices import NoticeText, as_stored, shown, unit_label
from helhed.sharing.mandates import standing as mandates
from helhed.sharing.mandates.models import Mandate

SOON = timedelta(days=30)
"""How long before its end a consent is brought to attention."""


@dataclass(frozen=True)
class Reader:
    """Who looks, in which language, and whether as staff."""

    by: User
    language: str
    staff: bool


def consent_views(rows: Iterable[Consent], reader: Reader) -> tuple[ConsentView, ...]:
    """Consents as this reader sees them, in the order given."""
    listed = list(rows)
    around = _Around.of(listed)
    return tuple(_consent(row, around, reader) for row in listed)


@dataclass(frozen=True)
class _Around:
    """What stands beside the rows: names, receipts, answers that wait or fell."""

    people: dict[UUID, str]
    staff: dict[str, str]
    holders: dict[UUID, str]
    receipts: dict[UUID, list[Receipt]]
    answers: dict[UUID, Answer]

    @classmethod
    def of(cls, rows: list[Consent]) -> "_Around":
        receipts: dict[UUID, list[Receipt]] = defaultdict(list)
        for receipt in Receipt.objects.filter(consent__in=rows).order_by("at"):
            receipts[receipt.consent_id].append(receipt)
        answers = {a.consent_id: a for a in Answer.objects.filter(consent__in=rows).order_by("recorded_at")}
        logins = {row.recorded_by for row in rows} | {answer.recorded_by for answer in answers.values()}
        return cls(
            names_of({row.person_key for row in rows}),
            staff_names(logins),
            mandates.names_of(row.mandate for row in rows if row.mandate),
            receipts,
            answers,
        )


def _consent(row: Consent, around: _Around, reader: Reader) -> ConsentView:
    language = reader.language
    written = around.answers.get(row.pk) if row.state == "requested" else None
    waits = written is not None and not written.confirmed_by
    fell = written is not None and written.agreed is False
    recorder = written.recorded_by if written else row.recorded_by
    return ConsentView(
        id=row.pk,
        person_key=row.person_key,
        person_name=around.people.get(row.person_key, ""),
        kind=row.kind,
        kind_label=kind_label(row.kind),
        state=row.state,
        state_label=state_label(row.state),
        purpose_label=form_of(row).purpose_label(language),
        categories=tuple(Choice(key, category_label(key)) for key in row.categories),
        sources=unit_choices(row.sources, language),
        recipients=unit_choices(row.recipients, language),
        case_ref=row.case_ref,
        days=row.days,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        expires_soon=soon(row),
        asked_at=row.requested_at,
        asked_by_unit=unit_label(row.requested_unit, language) if row.requested_unit else "",
        decided_at=row.decided_at,
        ended_at=row.ended_at,
        expressed_by=row.expressed_by,
        representative_name=around.holders.get(row.mandate, "") if row.mandate else "",
        method_label=method_label(row),
        awaits_confirmation=waits,
        recorded_by_name=around.staff.get(recorder, recorder),
        recorded_answer=written.answer if waits and written else "",
        recorded_words=written.words if waits and written else "",
        not_confirmed=written.reason if fell and written else "",
        notice=words_of(row, language),
        may=_staff_may(row, written if waits else None, reader.by) if reader.staff else _own_may(row),
        receipts=tuple(_receipt(receipt) for receipt in around.receipts.get(row.pk, ())),
    )


def _own_may(row: Consent) -> frozenset[str]:
    """Yes and no stand side by side, and taking back is one step as saying yes was."""
    if row.state == "requested":
        return frozenset({"give", "refuse"})
    if row.state == "given":
        return frozenset({"withdraw", "renew"} if soon(row) and row.days else {"withdraw"})
    return frozenset()


def _staff_may(row: Consent, waiting: Answer | None, by: User) -> frozenset[str]:
    if row.state == "given":
        return frozenset({"withdraw"})
    if row.state != "requested":
        return frozenset()
    if waiting is None:
        return frozenset({"record"})
    return frozenset({"confirm"}) if second_person(waiting, by) else frozenset()


def second_person(written: Answer | Mandate, by: User) -> bool:
    """Whether this user can confirm what was written down: another than the writer, in the same line of units."""
    other = written.recorded_by != by.username and by.may("consent.confirm")
    return other and policy.same_line(by.unit, written.recorded_unit)


def soon(row: Consent) -> bool:
    """Whether a consent in force ends within thirty days."""
    return row.state == "given" and row.valid_to is not None and row.valid_to <= timezone.now() + SOON


def words_of(row: Consent, language: str) -> NoticeText:
    """The words of a question in the reader's language; of an answer exactly those that were shown."""
    if row.state == "requested":
        return shown(form_of(row), choices_of(row), language)
    return as_stored(row.notice_key, row.notice_version, row.language, row.notice_text)


def _receipt(receipt: Receipt) -> ReceiptRef:
    return ReceiptRef(receipt.pk, receipt.event, event_label(receipt.event), receipt.at)


def receipt_ref(receipt: Receipt) -> ReceiptRef:
    """A receipt one can fetch."""
    return _receipt(receipt)


def mandate_views(rows: Iterable[Mandate], reader: Reader) -> tuple[MandateView, ...]:
    """Mandates as this reader sees them, in the order given."""
    listed = list(rows)
    people = names_of({row.person_key for row in listed})
    writers = staff_names({row.recorded_by for row in listed})
    return tuple(_mandate(row, people, writers, reader) for row in listed)


def _mandate(row: Mandate, people: dict[UUID, str], writers: dict[str, str], reader: Reader) -> MandateView:
    waits = row.state == "offered" and row.method == "paper" and not row.confirmed_by
    may = {"revoke"} if row.state in ("offered", "active") and row.holder != reader.by.username else set()
    if waits and reader.staff and second_person(row, reader.by):
        may.add("confirm")
    return MandateView(
        id=row.pk,
        person_key=row.person_key,
        person_name=people.get(row.person_key, ""),
        holder_name=row.holder_name,
        kind=row.kind,
        kind_label=mandate_kind_label(row.kind),
        scope=tuple(Choice(key, scope_label(key)) for key in row.scope),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=row.state if not _over(row) else "expired",
        state_label=mandate_state_label("expired" if _over(row) else row.state),
        method_label=_("På papir") if row.method == "paper" else _("Online i helhed"),
        awaits_confirmation=waits,
        recorded_by_name=writers.get(row.recorded_by, row.recorded_by),
        may=frozenset(may),
    )


def _over(row: Mandate, now: datetime | None = None) -> bool:
    """Whether its last day is over, also before the worker has written it."""
    return row.state in ("offered", "active") and row.valid_to <= (now or timezone.now())


# ---- names and labels


def names_of(people: set[UUID]) -> dict[UUID, str]:
    """The names of citizens by key."""
    return {key: row.name for key, row in register.persons_asked_for(people).items()}


def staff_names(logins: set[str]) -> dict[str, str]:
    """The names of staff by login."""
    return dict(User.objects.filter(username__in=logins - {""}).values_list("username", "name"))


def unit_choices(units: Iterable[str], language: str) -> tuple[Choice, ...]:
    """Units with their names."""
    return tuple(Choice(unit, unit_label(unit, language)) for unit in units)


def kind_label(kind: str) -> str:
    """The two kinds of consent."""
    return {"deling": _("Deling af oplysninger"), "helhedsorienteret-plan": _("Samlet plan")}[kind]


def state_label(state: str) -> str:
    """How a consent stands."""
    return {
        "requested": _("Venter på svar"),
        "given": _("Givet"),
        "refused": _("Afvist"),
        "withdrawn": _("Trukket tilbage"),
        "expired": _("Udløbet"),
        "renewed": _("Fornyet"),
        "invalidated": _("Bortfaldet"),
    }[state]


def method_label(row: Consent) -> str:
    """How it was answered."""
    if row.method == "portal" and row.evidence_hash:
        return _("I Digitalt Samtykke")
    return {
        "portal": _("Online i helhed"),
        "in_person": _("Ved en samtale"),
        "paper": _("På papir"),
        "case_system": _("I et fagsystem"),
    }[row.method]


def event_label(event: str) -> str:
    """What a receipt is for."""
    return {
        "given": _("Samtykke givet"),
        "refused": _("Samtykke afvist"),
        "withdrawn": _("Samtykke trukket tilbage"),
    }[event]


def mandate_kind_label(kind: str) -> str:
    """Who holds a mandate."""
    return {"relative": _("Pårørende"), "representative": _("Partsrepræsentant")}[kind]


def scope_label(scope: str) -> str:
    """What a mandate lets its holder do."""
    return {
        "see": _("Se siden"),
        "log": _("Se, hvem der har set oplysningerne"),
        "consent": _("Svare på samtykker"),
        "answer": _("Svare og klage, når ydelsen bliver sat ned"),
    }[scope]


def mandate_state_label(state: str) -> str:
    """How a mandate stands."""
    return {
        "offered": _("Venter på, at koden bruges"),
        "active": _("Gælder"),
        "revoked": _("Tilbagekaldt"),
        "expired": _("Udløbet"),
        "refused": _("Ikke bekræftet"),
        "deceased": _("Ophørt ved dødsfald"),
    }[state]
