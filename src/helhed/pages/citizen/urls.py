"""The citizen's own addresses; no key stands in them, the log-in says who it is. And the same pages for the one who acts
for a citizen: the mandate stands in the address, and the log-in says whether it may be used."""

from django.urls import path

from helhed.pages.citizen import consents, entrance, handover, letters, looked, mandates, represented, shared, views

urlpatterns = [
    path("mig", views.own, name="own"),
    path("mig/hvorfor", views.own_why, name="own-why"),
    path("mig/hvorfor/<str:group>", views.own_why_group, name="own-why-group"),
    path("mig/opslag", looked.looks, name="own-looks"),
    path("mig/opslag/<int:event>/bevis.json", looked.proof, name="own-proof"),
    path("mig/samtykker", consents.consents, name="own-consents"),
    path("mig/samtykker/nyt", consents.new, name="own-consent-new"),
    path("mig/samtykker/<uuid:consent>", consents.consent, name="own-consent"),
    path("mig/kvittering/<uuid:receipt>", consents.receipt, name="own-consent-receipt"),
    path("mig/kvittering/<uuid:receipt>.json", consents.receipt_json, name="own-receipt-json"),
    path("mig/kvittering/<uuid:receipt>.pdf", consents.receipt_pdf, name="own-receipt-pdf"),
    path("mig/delt", shared.shared, name="own-shared"),
    path("mig/breve", letters.letters, name="own-letters"),
    path("mig/breve/<uuid:letter>", letters.letter, name="own-letter"),
    path("mig/breve/<uuid:letter>.pdf", letters.letter_pdf, name="own-letter-pdf"),
    path("mig/overflytning", handover.handover, name="own-handover"),
    path("mig/indgang", entrance.entrance, name="own-entrance"),
    path("mig/fuldmagter", mandates.mandates, name="own-mandates"),
    path("mig/fuldmagter/ny", mandates.new, name="own-mandate-new"),
    path("mig/fuldmagter/<uuid:given>/tilbagekald", mandates.revoke, name="own-mandate-revoke"),
    path("fuldmagter-til-mig", represented.represented, name="represented"),
    path("for/<uuid:mandate>", represented.citizen, name="for"),
    path("for/<uuid:mandate>/opslag", looked.looks, name="for-looks"),
    path("for/<uuid:mandate>/opslag/<int:event>/bevis.json", looked.proof, name="for-proof"),
    path("for/<uuid:mandate>/samtykker", consents.consents, name="for-consents"),
    path("for/<uuid:mandate>/samtykker/nyt", consents.new, name="for-consent-new"),
    path("for/<uuid:mandate>/samtykker/<uuid:consent>", consents.consent, name="for-consent"),
    path("for/<uuid:mandate>/kvittering/<uuid:receipt>", consents.receipt, name="for-consent-receipt"),
    path("for/<uuid:mandate>/kvittering/<uuid:receipt>.json", consents.receipt_json, name="for-receipt-json"),
    path("for/<uuid:mandate>/kvittering/<uuid:receipt>.pdf", consents.receipt_pdf, name="for-receipt-pdf"),
    path("for/<uuid:mandate>/breve", letters.letters, name="for-letters"),
    path("for/<uuid:mandate>/breve/<uuid:letter>", letters.letter, name="for-letter"),
    path("for/<uuid:mandate>/breve/<uuid:letter>.pdf", letters.letter_pdf, name="for-letter-pdf"),
    path("for/<uuid:mandate>/overflytning", handover.handover, name="for-handover"),
    path("for/<uuid:mandate>/indgang", entrance.entrance, name="for-entrance"),
    path("for/<uuid:mandate>/delt", shared.shared, name="for-shared"),
]
