"""register as a Django app."""

from django.apps import AppConfig


class Register(AppConfig):
    name = "helhed.register"
    label = "register"
