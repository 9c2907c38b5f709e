"""sharing.consent as a Django app."""

from django.apps import AppConfig


class Consent(AppConfig):
    name = "helhed.sharing.consent"
    label = "consent"
