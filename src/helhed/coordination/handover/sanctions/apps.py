"""coordination.handover.sanctions as a Django app."""

from django.apps import AppConfig


class Sanctions(AppConfig):
    name = "helhed.coordination.handover.sanctions"
    label = "sanctions"
