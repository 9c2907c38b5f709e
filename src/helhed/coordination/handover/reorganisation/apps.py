"""coordination.handover.reorganisation as a Django app."""

from django.apps import AppConfig


class Reorganisation(AppConfig):
    name = "helhed.coordination.handover.reorganisation"
    label = "reorganisation"
