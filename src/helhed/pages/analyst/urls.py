"""The analyst's addresses: the mapping of the shared citizens, and the catalogue of the law."""

from django.urls import include, path

from helhed.pages.analyst import law, movements, views

urlpatterns = [
    path("analyse", views.home, name="analyst-home"),
    path("udvalg", views.committee_home, name="committee-home"),
    path("kortlaegning", views.overview, name="mapping"),
    path("kortlaegning/rapport.pdf", views.report, name="mapping-report"),
    path("kortlaegning/graense", views.boundary, name="boundary"),
    path("kortlaegning/modeller", movements.models, name="mapping-models"),
    path("kortlaegning/<str:key>", views.group, name="mapping-group"),
    path("", include("helhed.pages.analyst.workshop.urls")),
    path("lov", law.index, name="law"),
    path("lov/aendringer", law.changes, name="law-changes"),
    path("lov/uoverensstemmelser", law.flaws, name="law-flaws"),
    path("lov/<str:name>", law.section, name="law-section"),
    path("lov/<str:name>/<path:key>", law.entry, name="law-entry"),
]
