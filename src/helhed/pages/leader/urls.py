"""The team leader's addresses."""

from django.urls import path

from helhed.pages.leader import adopted, contacts, frequent, reorganising, views

urlpatterns = [
    path("leder", views.home, name="leader-home"),
    path("hyppige-flytninger", frequent.index, name="frequent"),
    path("kontakt-til-enheder", contacts.contacts, name="unit-contacts"),
    path("modeller-i-brug", adopted.index, name="adopted-models"),
    path("modeller-i-brug/ny", adopted.propose, name="adopted-model-new"),
    path("modeller-i-brug/<uuid:adoption>", adopted.one, name="adopted-model"),
    path("omlaegninger", reorganising.index, name="reorganisations"),
    path("omlaegninger/<str:day>", reorganising.one, name="reorganisation"),
]
