"""coordination.handover.adoption as a Django app."""

from django.apps import AppConfig


class Adoption(AppConfig):
    name = "helhed.coordination.handover.adoption"
    label = "adoption"
