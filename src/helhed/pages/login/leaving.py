"""The way out: here at once, and at the identity provider where it has one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from helhed.audit.actions import note
from helhed.pages.login.keeping import DOOR, WAY, leave_session
from helhed.pages.login.provider import log_out_address


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out; the browser is told to forget what it kept of the pages."""
    door = request.session.get(DOOR, "")
    elsewhere = log_out_address(request, door) if request.session.get(WAY) == "provider" else None
    note(by=request.user, action="log-out")
    leave_session(request)
    answer = redirect(elsewhere or "login")
    answer["Clear-Site-Data"] = '"cache"'
    return answer
