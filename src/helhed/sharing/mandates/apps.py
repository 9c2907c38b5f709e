"""sharing.mandates as a Django app."""

from django.apps import AppConfig


class Mandates(AppConfig):
    name = "helhed.sharing.mandates"
    label = "mandates"
