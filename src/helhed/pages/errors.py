"""Addresses that lead nowhere, forms that come too late, and what cannot be read. (500 is a page without any machinery: templates/500.html.)"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from helhed.pages import missing
from helhed.pages.access import refused


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with ways onward. Who is logged in and named something by its number leaves a line."""
    if isinstance(exception, missing.Missing) and request.user.is_authenticated:
        missing.not_found(request, exception)
    return render(request, "helhed/not_found.html", status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be kept, or is more than a form of ours sends."""
    return render(request, "helhed/unreadable.html", status=400)


def no_permission(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by the machinery itself."""
    return refused(request)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose seal no longer fits: most often because the log-in ran out in another tab."""
    return render(request, "helhed/stale_form.html", status=403)
