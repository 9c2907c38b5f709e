"""sharing as a Django app."""

from django.apps import AppConfig


class Sharing(AppConfig):
    name = "helhed.sharing"
    label = "sharing"
