"""project as a Django app."""

from django.apps import AppConfig


class Project(AppConfig):
    name = "helhed.project"
    label = "project"
