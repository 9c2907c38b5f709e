"""The demo's cards: each user with what is worth seeing, and the one click that leads in."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from helhed.accounts.doors import door_of
from helhed.accounts.models import User
from helhed.pages.login.keeping import begin
from helhed.pages.words import reader_language, role_name, unit_name

WORTH_SEEING: dict[str, Promise] = {
    "caseworker": _("Find en borger, læs tidslinjen på tværs, og se, hvad et manglende samtykke lukker for."),
    "leader": _("Se enhedens advis og tallene for de målgrupper, enheden har del i."),
    "analyst": _("Åbn Kortlægning den 1. juni 2022, og hold de beregnede tal op mod rapportens."),
    "steward": _("Se leverancerne, de afviste rækker og loggen over, hvem der har set hvad."),
    "committee": _("Læs kortlægningen, og hent den som rapport."),
    "citizen": _("Se din egen side, og hvem der har set den."),
    "representative": _("Se, hvem du har fuldmagt fra, og handl for dem inden for fuldmagten."),
}
IN_A_UNIT: dict[str, Promise] = {
    "bif/ydelsesservice": _("Regn ud, hvad en sanktion koster, hør borgeren, og se, hvad du ikke skal vide."),
}
"""Where a unit's work is another than its role's."""


@login_not_required
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """One click on a demo user's card. There is no such door outside the demo."""
    if not settings.DEMO:
        raise Http404
    user = authenticate(request, username=request.POST.get("username", ""), password=settings.DEMO_PASSWORD)
    if user is None:
        return redirect("login")
    begin(request, user, door_of(user), "demo")
    return redirect("home")


def cards() -> list[dict[str, Any]]:
    """The users of the demo, by role; none outside the demo."""
    if not settings.DEMO:
        return []
    language = reader_language()
    order = list(WORTH_SEEING)
    users = sorted(
        User.objects.filter(is_active=True), key=lambda u: (order.index(u.role), u.administration, u.username)
    )
    return [
        {
            "user": user,
            "role": role_name(user.role, language),
            "unit": unit_name(user.unit, language),
            "side": user.administration,
            "look": IN_A_UNIT.get(user.unit, WORTH_SEEING[user.role]),
        }
        for user in users
    ]
