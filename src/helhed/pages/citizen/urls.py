"""The citizen's own addresses; no key stands in them, the log-in says who it is."""

from django.urls import path

from helhed.pages.citizen import views

urlpatterns = [
    path("mig", views.own, name="own"),
    path("mig/hvorfor", views.own_why, name="own-why"),
    path("mig/hvorfor/<str:group>", views.own_why_group, name="own-why-group"),
    path("mig/opslag", views.own_looks, name="own-looks"),
]
