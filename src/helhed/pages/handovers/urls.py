"""The addresses of hand-overs: the unit's work list, one chain, and what is done to one or to many."""

from django.urls import path

from helhed.pages.handovers import acting, listing, one

urlpatterns = [
    path("overdragelser", listing.index, name="handovers"),
    path("overdragelser/samlet/<slug:act>", acting.many, name="handovers-act"),
    path("overdragelser/<uuid:chain>", one.chain, name="handover"),
    path("overdragelser/<uuid:chain>/<slug:act>", acting.single, name="handover-act"),
]
