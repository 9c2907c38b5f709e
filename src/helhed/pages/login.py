"""Log-in, log-out, and the question five minutes before a log-in runs out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.pages.context import HOMES
from helhed.pages.words import reader_language, role_name, unit_name

SESSION_END = "ends"

WORTH_SEEING: dict[str, Promise] = {
    "caseworker": _("Find en borger, læs tidslinjen på tværs, og se, hvad et manglende samtykke lukker for."),
    "leader": _("Se enhedens advis og tallene for de målgrupper, enheden har del i."),
    "analyst": _("Åbn Kortlægning den 1. juni 2022, og hold de beregnede tal op mod rapportens."),
    "steward": _("Se leverancerne, de afviste rækker og loggen over, hvem der har set hvad."),
    "committee": _("Læs kortlægningen, og hent den som rapport."),
    "citizen": _("Se din egen side, og hvem der har set den."),
    "representative": _("Se, hvem du har fuldmagt fra, og handl for dem inden for fuldmagten."),
}


class Enter(LoginView):
    """The log-in page: name and password; in the demo also a card for each user."""

    template_name = "helhed/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"cards": _cards() if settings.DEMO else []}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        begin(self.request)
        return answer


def begin(request: HttpRequest) -> None:
    """Write the log-in in the log, and keep when it runs out."""
    request.session[SESSION_END] = int(timezone.now().timestamp()) + settings.SESSION_COOKIE_AGE
    note(by=request.user, action="log-in")


@login_not_required
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """One click on a demo user's card. There is no such door outside the demo."""
    if not settings.DEMO:
        raise Http404
    user = authenticate(request, username=request.POST.get("username", ""), password=settings.DEMO_PASSWORD)
    if user is None:
        return redirect("login")
    login(request, user)
    begin(request)
    return redirect("home")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out."""
    note(by=request.user, action="log-out")
    logout(request)
    return redirect("login")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The reader wants to stay: the log-in lasts a whole period from now."""
    request.session[SESSION_END] = int(timezone.now().timestamp()) + settings.SESSION_COOKIE_AGE
    return HttpResponse(status=204)


def home(request: HttpRequest) -> HttpResponse:
    """To the front page of one's own role."""
    return redirect(HOMES[request.user.role])


def _cards() -> list[dict[str, Any]]:
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
            "look": WORTH_SEEING[user.role],
        }
        for user in users
    ]
