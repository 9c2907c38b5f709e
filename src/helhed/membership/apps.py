"""membership as a Django app."""

from django.apps import AppConfig


class Membership(AppConfig):
    name = "helhed.membership"
    label = "membership"
