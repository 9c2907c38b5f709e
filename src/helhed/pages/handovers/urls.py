"""The addresses of hand-overs: the unit's work list and messages, one chain, and what is done to one or to many."""

from django.urls import path

from helhed.pages.handovers import acting, listing, one, told

urlpatterns = [
    path("overdragelser", listing.index, name="handovers"),
    path("overdragelser/samlet/<slug:act>", acting.many, name="handovers-act"),
    path("beskeder", told.index, name="unit-messages"),
    path("beskeder/laest", told.read, name="unit-messages-read"),
    path("overdragelser/<uuid:chain>", one.chain, name="handover"),
    path("overdragelser/<uuid:chain>/<slug:act>", acting.single, name="handover-act"),
]
