"""coordination.handover.tasks as a Django app."""

from django.apps import AppConfig


class Tasks(AppConfig):
    name = "helhed.coordination.handover.tasks"
    label = "tasks"
