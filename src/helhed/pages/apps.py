"""pages as a Django app."""

from django.apps import AppConfig


class Pages(AppConfig):
    name = "helhed.pages"
    label = "pages"
