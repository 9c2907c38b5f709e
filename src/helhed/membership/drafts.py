"""Who may see a draft of a target group, and who may do what with it."""

from django.db.models import Q

from helhed.accounts.models import User
from helhed.membership.models import Draft

DECIDED_SEEN = (Draft.SENT, Draft.ADOPTED)


def drafts_for(by: User) -> list[Draft]:
    """The drafts a user may see, the newest first: one's own; those shared; those sent or adopted, for who sees the workshop."""
    return list(Draft.objects.filter(_seen(by)).order_by("-changed_at", "-pk"))


def draft(by: User, pk: int) -> Draft | None:
    """One draft, if the user may see it."""
    return Draft.objects.filter(_seen(by), pk=pk).first()


def may_change(*, by: User, draft: Draft) -> bool:
    """Whether the user may save the draft anew."""
    mine = by.may("workshop.draw") and draft.owner == by.username
    return mine and draft.state not in (Draft.SENT, Draft.ADOPTED)


def may_decide(*, by: User, draft: Draft) -> bool:
    """Whether the user may approve or reject the draft now."""
    another = by.username not in (draft.owner, draft.sent_by)
    return by.may("workshop.approve") and draft.state == Draft.SENT and another


def may_withdraw(*, by: User, draft: Draft) -> bool:
    """Whether the user may take the draft off the table."""
    mine = by.may("workshop.draw") and draft.owner == by.username
    return mine and draft.state in (Draft.DRAFT, Draft.SENT)


def _seen(by: User) -> Q:
    seen = Q(pk__in=[])
    if by.may("workshop.draw"):
        seen |= Q(owner=by.username)
    if by.may("workshop.see") or by.may("workshop.draw"):
        seen |= Q(shared=True) | Q(state__in=DECIDED_SEEN)
    if by.may("workshop.test"):
        seen |= Q(shared=True) | Q(state=Draft.ADOPTED)
    return seen
