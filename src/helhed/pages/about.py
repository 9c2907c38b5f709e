"""Pages about helhed itself, open to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from helhed.audit.keys import public_keys


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What helhed is, whom it serves, and what the demo's data are."""
    return render(request, "helhed/about.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (lov nr. 692 af 8. juni 2018)."""
    return render(request, "helhed/accessibility.html")


@login_not_required
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of the keys that heads of the log and receipts are signed with (RFC 7517), for anybody to check."""
    return JsonResponse(public_keys(), content_type="application/jwk-set+json")
