"""The caseworker's addresses. A citizen's number never stands in one: searches are posted."""

from django.urls import path

from helhed.pages.caseworker import (
    address,
    asking,
    consents,
    emergency,
    expiry,
    handed,
    letters,
    looked,
    mandates,
    responsibility,
    sanctions,
    tasks,
    unit,
    views,
)

urlpatterns = [
    path("sagsbehandler", views.home, name="caseworker-home"),
    path("borgere", views.citizens, name="citizens"),
    path("borger/<uuid:person>", views.citizen, name="citizen"),
    path("borger/<uuid:person>/hvorfor", views.why, name="why"),
    path("borger/<uuid:person>/hvorfor/<str:group>", views.why_group, name="why-group"),
    path("borger/<uuid:person>/samtykker", consents.consents, name="citizen-consents"),
    path("borger/<uuid:person>/samtykker/bed", asking.choose, name="citizen-consent-choose"),
    path("borger/<uuid:person>/samtykker/bed/<slug:template>", asking.ask, name="citizen-consent-ask"),
    path("borger/<uuid:person>/samtykker/<uuid:consent>", consents.consent, name="citizen-consent"),
    path(
        "borger/<uuid:person>/samtykker/<uuid:consent>/mundtligt",
        consents.in_person,
        name="citizen-consent-in-person",
    ),
    path(
        "borger/<uuid:person>/samtykker/<uuid:consent>/papir",
        consents.on_paper,
        name="citizen-consent-on-paper",
    ),
    path(
        "borger/<uuid:person>/samtykker/<uuid:consent>/traek-tilbage",
        consents.withdraw,
        name="citizen-consent-withdraw",
    ),
    path(
        "borger/<uuid:person>/samtykker/<uuid:consent>/formular.pdf",
        consents.form_pdf,
        name="citizen-consent-form",
    ),
    path(
        "borger/<uuid:person>/kvitteringer/<uuid:receipt>.pdf", consents.receipt_pdf, name="citizen-receipt"
    ),
    path("borger/<uuid:person>/fuldmagter", mandates.mandates, name="citizen-mandates"),
    path(
        "borger/<uuid:person>/fuldmagter/<uuid:mandate>/kald-tilbage",
        mandates.revoke,
        name="citizen-mandate-revoke",
    ),
    path("borger/<uuid:person>/opgaver", tasks.citizen_tasks, name="citizen-tasks"),
    path("borger/<uuid:person>/sanktioner", sanctions.citizen_sanctions, name="citizen-sanctions"),
    path("borger/<uuid:person>/sanktioner/ny", sanctions.draft, name="citizen-sanction-new"),
    path("borger/<uuid:person>/sanktioner/<uuid:sanction>", sanctions.sanction, name="citizen-sanction"),
    path(
        "borger/<uuid:person>/sanktioner/<uuid:sanction>/ret",
        sanctions.revise,
        name="citizen-sanction-revise",
    ),
    path(
        "borger/<uuid:person>/sanktioner/<uuid:sanction>/<slug:slug>",
        sanctions.act,
        name="citizen-sanction-act",
    ),
    path("borger/<uuid:person>/ansvar", responsibility.responsibility, name="responsibility"),
    path("borger/<uuid:person>/opslag", looked.looked, name="citizen-looked"),
    path("borger/<uuid:person>/adresse", address.address, name="address"),
    path("borger/<uuid:person>/noedadgang", emergency.emergency, name="emergency"),
    path("borger/<uuid:person>/noedadgang/luk", emergency.end, name="emergency-end"),
    path("noedadgang", emergency.find, name="emergency-find"),
    path("enhedens-borgere", unit.unit_citizens, name="unit-citizens"),
    path("opgaver", tasks.unit_tasks, name="tasks"),
    path("opgaver/<uuid:task>/afslut", tasks.end, name="task-end"),
    path("sanktioner", sanctions.unit_sanctions, name="sanctions"),
    path("borger/<uuid:person>/breve", letters.of_citizen, name="citizen-letters"),
    path("borger/<uuid:person>/breve/<uuid:letter>.pdf", handed.letter, name="citizen-letter-pdf"),
    path("borger/<uuid:person>/breve/<uuid:letter>/givet", handed.given, name="citizen-letter-given"),
    path("borger/<uuid:person>/hvem-har-sagen.pdf", handed.status, name="citizen-status-pdf"),
    path("breve-til-print", letters.queue, name="letters-to-print"),
    path("breve-til-print/valgte.pdf", letters.sheets, name="letters-to-print-pdf"),
    path("breve-til-print/<uuid:letter>.pdf", letters.sheet, name="letter-to-print"),
    path("samtykker-der-udloeber", expiry.expiring, name="expiring"),
]
