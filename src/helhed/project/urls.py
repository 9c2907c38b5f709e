"""Where each address leads."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("helhed.pages.urls")),
    path("", include("helhed.pages.citizen.urls")),
    path("", include("helhed.pages.caseworker.urls")),
    path("", include("helhed.pages.leader.urls")),
    path("", include("helhed.pages.analyst.urls")),
    path("", include("helhed.pages.steward.urls")),
]

handler403 = "helhed.pages.errors.no_permission"
handler404 = "helhed.pages.errors.not_found"
