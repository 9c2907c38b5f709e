"""Where each address leads."""

from django.urls import URLPattern, URLResolver, include, path

from helhed.api.urls import urlpatterns as api_urls
from helhed.project.headers import broken_rule

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("helhed.pages.urls")),
    path("", include("helhed.pages.citizen.urls")),
    path("", include("helhed.pages.caseworker.urls")),
    path("", include("helhed.pages.leader.urls")),
    path("", include("helhed.pages.analyst.urls")),
    path("", include("helhed.pages.steward.urls")),
    path("", include("helhed.pages.oversight.urls")),
    path("", include("helhed.pages.handovers.urls")),
    path("", include("helhed.pages.entrances.urls")),
    path("csp", broken_rule, name="csp"),
    path("api/v1/", include((api_urls, "api"))),
]

handler400 = "helhed.pages.errors.unreadable"
handler403 = "helhed.pages.errors.no_permission"
handler404 = "helhed.pages.errors.not_found"
