"""A consent as a record after ISO/IEC TS 27560, in the terms of DPV: header, processing, parties, events."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from helhed.sharing.consent.categories import CATEGORIES, category_label
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.notices import forms, unit_label

PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
CONTROLLER, AUTHORITY = "controller", "authority"
STATUS = {
    "requested": "dpv:ConsentRequested",
    "given": "dpv:ConsentGiven",
    "refused": "dpv:ConsentRefused",
    "withdrawn": "dpv:ConsentWithdrawn",
    "expired": "dpv:ConsentExpired",
    "renewed": "dpv:RenewedConsentGiven",
    "invalidated": "dpv:ConsentInvalidated",
}


def record_of(consent: Consent) -> dict[str, Any]:
    """The whole record of a consent as it stands."""
    with override(consent.language):
        return {
            "@type": "dpv:ConsentRecord",
            "dct:conformsTo": PROFILE,
            "dct:identifier": str(consent.pk),
            "dpv:hasDataSubject": {"dct:identifier": str(consent.person_key)},
            "processing": _processing(consent),
            "parties": _parties(consent),
            "events": _events(consent),
        }


def _processing(consent: Consent) -> dict[str, Any]:
    form = forms()[consent.notice_key, consent.notice_version]
    language = consent.language
    return {
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:identifier": f"{form.key}.v{form.version}",
            "dpv:hasHash": consent.notice_hash,
            "dct:description": consent.notice_text,
        },
        "dct:language": language,
        "dpv:hasPurpose": {"dct:identifier": consent.purpose, "dct:title": form.purpose_label(language)},
        "dpv:hasLegalBasis": {
            "@type": "eu-gdpr:A6-1-e",
            "dpv:hasApplicableLaw": list(form.ground),
            "helhed:consent_kind": "statutory_requirement",
            "helhed:kind": consent.kind,
        },
        "dpv:hasPersonalData": [_category(key) for key in consent.categories],
        "dpv:hasDataController": CONTROLLER,
        "dpv:hasDataSource": [_unit(unit, language) for unit in consent.sources],
        "dpv:hasRecipient": [_unit(unit, language) for unit in consent.recipients],
        "dpv:hasProcessing": ["dpv:Consult", "dpv:Share"],
        "dpv:hasStorageCondition": {
            "dpv:hasLocation": "DK",
            "dpv:hasDuration": _("Så længe din sag opbevares efter arkivloven og kommunens regler"),
        },
        "dpv:hasJurisdiction": "DK",
        "dpv:hasConsentControl": {"@type": "dpv:WithdrawConsent", "dct:description": _withdrawal(consent)},
        "dpv:hasConsequence": consent.consequences,
        "dpv:hasRight": ["eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A77"],
        "dpv:hasAuthority": AUTHORITY,
        "helhed:case": consent.case_ref,
    }


def _withdrawal(consent: Consent) -> str:
    """The sentence on withdrawing, out of the very words that were shown."""
    return consent.notice_text.split("\n\n")[4]


def _category(key: str) -> dict[str, Any]:
    special = CATEGORIES[key].special
    return {
        "@type": "dpv:SpecialCategoryPersonalData" if special else "dpv:PersonalData",
        "dct:identifier": key,
        "dct:title": category_label(key),
        "dpv:hasNecessity": "dpv:Required",
    }


def _unit(unit: str, language: str) -> dict[str, str]:
    return {"dct:identifier": unit, "dpv:hasName": unit_label(unit, language)}


def _parties(consent: Consent) -> list[dict[str, str]]:
    parties = [
        {
            "dct:identifier": CONTROLLER,
            "@type": "dpv:DataController",
            "dpv:hasName": "Københavns Kommune",
            "dpv:hasAddress": "Rådhuspladsen 1, 1599 København V",
            "dpv:hasContact": "+45 33 66 33 66",
        },
        {
            "dct:identifier": AUTHORITY,
            "@type": "dpv:DataProtectionAuthority",
            "dpv:hasName": "Datatilsynet",
            "dpv:hasAddress": "Carl Jacobsens Vej 35, 2500 Valby",
            "dpv:hasContact": "+45 33 19 32 00",
        },
    ]
    if consent.mandate:
        parties.append({"dct:identifier": str(consent.mandate), "@type": "dpv:Representative"})
    return parties


def _events(consent: Consent) -> list[dict[str, str]]:
    """Requested, decided, ended: each with its moment, its state, who expressed it and how."""
    decided = "refused" if consent.state == "refused" else "given"
    who = str(consent.mandate or consent.person_key)
    events = [
        _event("requested", consent.requested_at, consent.requested_unit or str(consent.person_key), "")
    ]
    if consent.decided_at:
        given = _event(decided, consent.decided_at, who, consent.method)
        given |= {"helhed:expressed_by": consent.expressed_by, "helhed:evidence": consent.evidence_hash}
        if consent.valid_from:
            given["helhed:valid_from"] = consent.valid_from.isoformat()
            given["dpv:hasDuration"] = consent.valid_to.isoformat() if consent.valid_to else ""
        events.append(given)
    if consent.ended_at:
        events.append(_event(consent.state, consent.ended_at, who, consent.ended_how))
    return events


def _event(state: str, at: datetime | None, who: str, how: str) -> dict[str, str]:
    return {
        "@type": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasConsentStatus": STATUS[state],
        "dpv:isIndicatedAtTime": at.isoformat() if at else "",
        "dpv:isIndicatedBy": who,
        "dpv:hasIndicationMethod": how,
    }
