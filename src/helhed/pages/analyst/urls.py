"""The analyst's addresses: the mapping of the shared citizens, and the catalogue of the law."""

from django.urls import path

from helhed.pages.analyst import views

urlpatterns = [
    path("analyse", views.home, name="analyst-home"),
    path("udvalg", views.committee_home, name="committee-home"),
    path("kortlaegning", views.overview, name="mapping"),
    path("kortlaegning/rapport.pdf", views.report, name="mapping-report"),
    path("kortlaegning/graense", views.boundary, name="boundary"),
    path("kortlaegning/<str:key>", views.group, name="mapping-group"),
]
