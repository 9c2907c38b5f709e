"""sharing.safeguards as a Django app."""

from django.apps import AppConfig


class Safeguards(AppConfig):
    name = "helhed.sharing.safeguards"
    label = "safeguards"
