"""audit as a Django app."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "helhed.audit"
    label = "audit"
