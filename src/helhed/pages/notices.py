"""Signing off a notice to the own unit."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helhed.coordination.advis import actions
from helhed.pages.access import needs
from helhed.pages.missing import Missing


@require_POST
@needs("advis.see")
def done(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark a notice as dealt with; another unit's notice does not exist from here."""
    try:
        actions.sign_off(by=request.user, notice=notice)
    except ObjectDoesNotExist:
        raise Missing(notice) from None
    messages.success(request, _("Advis er kvitteret. Det står i loggen."))
    return redirect("home")
