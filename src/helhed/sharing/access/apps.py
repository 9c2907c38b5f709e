"""sharing.access as a Django app."""

from django.apps import AppConfig


class Access(AppConfig):
    name = "helhed.sharing.access"
    label = "access"
