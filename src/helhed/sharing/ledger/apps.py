"""sharing.ledger as a Django app."""

from django.apps import AppConfig


class Ledger(AppConfig):
    name = "helhed.sharing.ledger"
    label = "ledger"
