"""coordination.handover.chain as a Django app."""

from django.apps import AppConfig


class Chain(AppConfig):
    name = "helhed.coordination.handover.chain"
    label = "handover"
