"""The team leader's address."""

from django.urls import path

from helhed.pages.leader import views

urlpatterns = [path("leder", views.home, name="leader-home")]
