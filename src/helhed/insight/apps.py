"""insight as a Django app."""

from django.apps import AppConfig


class Insight(AppConfig):
    name = "helhed.insight"
    label = "insight"
