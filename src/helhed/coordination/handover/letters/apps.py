"""coordination.handover.letters as a Django app."""

from django.apps import AppConfig


class Letters(AppConfig):
    name = "helhed.coordination.handover.letters"
    label = "letters"
