"""advis as a Django app."""

from django.apps import AppConfig


class Advis(AppConfig):
    name = "helhed.coordination.advis"
    label = "advis"
