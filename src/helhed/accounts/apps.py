"""accounts as a Django app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "helhed.accounts"
    label = "accounts"
