"""coordination.handover.entrances as a Django app."""

from django.apps import AppConfig


class Entrances(AppConfig):
    name = "helhed.coordination.handover.entrances"
    label = "entrances"
