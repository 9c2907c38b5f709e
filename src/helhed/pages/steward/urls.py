"""The steward's addresses: deliveries, the log, special protection, and what each role may do."""

from django.urls import path

from helhed.pages.steward import deliveries, handovers, health, shields, staff, views

urlpatterns = [
    path("tilsyn", views.home, name="steward-home"),
    path("tilsyn/overdragelser", handovers.index, name="accounts"),
    path("tilsyn/overdragelser/find", handovers.find, name="account-find"),
    path("tilsyn/overdragelser/<uuid:chain>", handovers.account, name="account"),
    path("tilsyn/overdragelser/<uuid:chain>/alle", handovers.whole, name="account-whole"),
    path("tilsyn/overdragelser/<uuid:chain>/igen", handovers.again, name="account-again"),
    path("tilsyn/sammenlagte", handovers.merges, name="account-merges"),
    path("leverancer", deliveries.index, name="deliveries"),
    path("leverancer/ny", deliveries.hand_in, name="delivery-new"),
    path("leverancer/<int:number>", deliveries.one, name="delivery"),
    path("leverancer/<int:number>/tilstand", deliveries.state, name="delivery-state"),
    path("leverancer/<int:number>/bekraeft", deliveries.confirm, name="delivery-confirm"),
    path("leverancer/<int:number>/afvis", deliveries.refuse, name="delivery-refuse"),
    path("leverancer/fil/<int:number>/afviste.csv", deliveries.rejected, name="delivery-rejected"),
    path("log", views.log, name="log"),
    path("log/tilstand", health.health, name="log-health"),
    path("log/tilstand/efterproev", health.verify, name="log-verify"),
    path("log/tilstand/hoveder.jsonl", health.heads, name="log-heads"),
    path("log/tilstand/<int:first>-<int:second>.json", health.consistency, name="log-consistency"),
    path("saerlig-beskyttelse", shields.index, name="shields"),
    path("saerlig-beskyttelse/<int:number>/ophaev", shields.end, name="shield-end"),
    path("medarbejdere", staff.index, name="staff"),
    path("roller", views.roles, name="roles"),
]
