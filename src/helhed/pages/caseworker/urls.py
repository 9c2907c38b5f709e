"""The caseworker's addresses. A citizen's number never stands in one: searches are posted."""

from django.urls import path

from helhed.pages.caseworker import views

urlpatterns = [
    path("sagsbehandler", views.home, name="caseworker-home"),
    path("borgere", views.citizens, name="citizens"),
    path("borger/<uuid:person>", views.citizen, name="citizen"),
    path("borger/<uuid:person>/hvorfor", views.why, name="why"),
    path("borger/<uuid:person>/hvorfor/<str:group>", views.why_group, name="why-group"),
]
