"""What lies on the demo's table of consents: a question that waits, one soon to end, an answer to be confirmed, a mandate.

All through the ordinary doors, so that every line of it stands in the citizens' logs.
"""

from collections.abc import Callable

from django.db import transaction

from helhed.accounts.models import User
from helhed.sharing.access import listing
from helhed.sharing.asking import own, staff
from helhed.sharing.consent.models import Consent

PURPOSE = "sagsbehandling"
CASEWORKERS = ("soeren", "bente")
OTHER = {"bif": "sof", "sof": "bif"}
ASKED = {
    "bif": ("benefit", "employment_case", "offer", "plan"),
    "sof": ("social_case", "service", "plan"),
}
HELPER, MANDATE_DAYS = "karin", 182
SOON, USUAL = 25, 183


@transaction.atomic
def lay_out(report: Callable[[str, float], None]) -> None:
    """One thing for each of the demo's citizens, in the order their stories are told; nothing twice for one."""
    acts = (_waits, _ends_soon, _to_be_confirmed)
    citizens = User.objects.filter(role="citizen").order_by("pk")
    for citizen, act in zip(citizens, acts, strict=False):
        asker = _asker(citizen)
        if asker is not None:
            act(asker, citizen)
    first = citizens.first()
    if first is not None:
        _mandate(first)
    report("", 1.0)


def _asker(citizen: User) -> User | None:
    """The first of the caseworkers who meets this citizen."""
    for username in CASEWORKERS:
        user = User.objects.get(username=username)
        if listing.visible([citizen.person_key], by=user, purpose=PURPOSE):
            return user
    return None


def _waits(asker: User, citizen: User) -> Consent:
    """A question the citizen has not answered."""
    return _ask(asker, citizen, USUAL)


def _ends_soon(asker: User, citizen: User) -> None:
    """Given on the own page, and at its end within thirty days."""
    question = _ask(asker, citizen, SOON)
    own.give(by=citizen, consent=question.pk, language="da")


def _to_be_confirmed(asker: User, citizen: User) -> None:
    """Said at a meeting and written down; a colleague has not confirmed it yet."""
    staff.record_in_person(
        by=asker,
        consent=_ask(asker, citizen, USUAL).pk,
        answer="given",
        language="da",
        words="Ja, det er fint, at I taler sammen. Så slipper jeg for at fortælle det hele igen.",
    )


def _ask(asker: User, citizen: User, days: int) -> Consent:
    other = OTHER[asker.administration]
    number = staff.ask(
        by=asker,
        person=citizen.person_key,
        purpose=PURPOSE,
        kind="deling",
        template="deling",
        categories=ASKED[other],
        sources=(other,),
        recipients=(asker.unit,),
        case_ref="",
        days=days,
        language="da",
    )
    return Consent.objects.get(pk=number)


def _mandate(citizen: User) -> None:
    """A relative who sees, reads the log and answers for the citizen."""
    helper = User.objects.get(username=HELPER)
    _number, code = own.give_mandate(
        by=citizen,
        holder_name=helper.name,
        kind="relative",
        scope=("see", "log", "consent"),
        days=MANDATE_DAYS,
        language="da",
    )
    own.accept_mandate(by=helper, code=code, language="da")
