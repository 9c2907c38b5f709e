"""The codes and units that occur in the made-up city, and the positions they have in its columns.

The meaning of the codes is in the catalogue (law); here they are only listed. What one unit or measure became is
repeated as part of the story (the case systems moved their rows on that day), and a test holds it equal to the catalogue.
"""

from datetime import date

from helhed.periods import day_of

ANCHOR = day_of(date(2022, 6, 1))  # the day of the stated volumes (volumes.csv)
FIRST_DAY = day_of(date(2018, 1, 1))  # rows that ended before are not delivered
FULL_FILES = day_of(date(2026, 11, 1))  # the day of the full files, and of the two deltas after it
CHANGES = (day_of(date(2026, 11, 9)), day_of(date(2026, 11, 16)))
HORIZON = CHANGES[-1] + 1
NEW_CENTRES = day_of(date(2025, 1, 1))  # organisation_changes O2, O3
ONE_BENEFIT = day_of(date(2025, 7, 1))  # law_changes LC03
CHILDRENS_ACT = day_of(date(2024, 1, 1))  # law_changes LC08
HOUSING_FIRST = day_of(date(2023, 10, 1))  # law_changes LC01
CLOSED_TO_NEW = day_of(date(2026, 2, 1))  # law_changes LC05
REFORM_2014 = day_of(date(2014, 1, 1))  # the visitation categories begin; the systems hold nothing older

BENEFITS = (
    "a-dagpenge",
    "kontanthjaelp",
    "kontanthjaelp/jobparat",
    "kontanthjaelp/aktivitetsparat",
    "uddannelseshjaelp",
    "uddannelseshjaelp/uddannelsesparat",
    "uddannelseshjaelp/aktivitetsparat",
    "overgangsydelse/jobparat",
    "overgangsydelse/aktivitetsparat",
    "selvforsoergelses-og-hjemrejseydelse",
    "ressourceforloebsydelse",
    "ressourceforloebsydelse/ressourceforloeb",
    "ressourceforloebsydelse/jobafklaring",
    "ledighedsydelse",
    "sygedagpenge",
    "revalideringsydelse",
    "foertidspension",
    "fleksloentilskud",
)
CATEGORIES = tuple(f"LAB-6-{number}" for number in range(1, 12))
OFFERS = (
    "LAB-virksomhedspraktik",
    "LAB-loentilskud",
    "LAB-vejledning-og-opkvalificering",
    "LAB-nytteindsats",
    "LAB-brobygning",
    "LAB-uddannelsespaalaeg",
    "LAB-mentor",
    "LAB-ressourceforloeb",
    "LAB-fleksjob",
    "LAB-ordinaer-uddannelse",
    "LAB-smaajob",
    "LAB-kontaktforloeb",
    "LAB-andre-forvaltninger",
)
CASE_TYPES = ("primaer", "supplerende")
SERVICES = (
    "SEL-45",
    "SEL-83",
    "SEL-83-a",
    "SEL-85",
    "SEL-85-a",
    "SEL-97",
    "SEL-98",
    "SEL-99",
    "SEL-101",
    "SEL-107",
    "SEL-108",
    "SEL-108-a",
    "SEL-109",
    "SEL-110",
    "SUL-138",
    "SUL-141",
    "boligraadgivning",
    "ungementor",
    "botilbudslignende",
    "SEL-18",
    "socialt-frikort",
    "huslejetilskud",
    "personlig-assistance",
    "LAS-enkeltydelser",
    "PENS-personlige-tillaeg",
)
MEASURES = (
    "SEL-52/familiebehandling",
    "SEL-52/aflastning",
    "SEL-52/dagbehandling",
    "SEL-52/anbringelse",
    "BL-32/familiebehandling",
    "BL-32/aflastning",
    "BL-32/dagbehandling",
    "BL-46",
    "BL-47",
)
PLANS = ("handleplan", "min-plan", "helhedsorienteret-plan")
CONSENTS = ("deling", "helhedsorienteret-plan")
CPR_STATUSES = ("doed", "udrejst", "forsvundet", "anden-kommune")

_BCV = "sof/borgercenter-voksne"
_BCH = "sof/borgercenter-handicap"
UNITS = {
    "hjem": f"{_BCV}/hjemloeseenheden",
    "rus": f"{_BCV}/rusmiddelbehandling-koebenhavn",
    "psy": f"{_BCV}/psykiatrienheden",
    "bch": f"{_BCH}/voksne",
    "oevrige": f"{_BCV}/oevrige",
    "bcv": _BCV,
    "bch-all": _BCH,
    "sof": "sof",
    "pleje": "sof/den-sociale-hjemmepleje",
    "esy": "sof/enheden-for-sociale-ydelser",
    "bbe": "sof/bolig-og-beskaeftigelsesenheden",
    "krim": "sof/kriminalpraeventive-indsatser",
    "bbu": "sof/borgercenter-boern-og-unge",
    "bch-children": f"{_BCH}/boerneenhed",
    "d1": "sof/driftscenter-1",
    "d2": "sof/driftscenter-2",
    "d3": "sof/driftscenter-3",
    "d4": "sof/driftscenter-4",
    "d4-adults": "sof/driftscenter-4/voksne",
    "d4-children": "sof/driftscenter-4/boern",
    "d5": "sof/driftscenter-5",
    "d6-other": "sof/driftscenter-6/oevrige",
    "d6-care": "sof/driftscenter-6/hjemmepleje",
    "d6-housing": "sof/driftscenter-6/bolig-og-beskaeftigelse",
    "d6-crime": "sof/driftscenter-6/kriminalpraeventiv",
    "jobcentre": "bif/jobcenter-koebenhavn",
    "gkl": "bif/jobcenter-koebenhavn/gammel-koege-landevej",
    "youth": "bif/ungeenhed",
    "integration": "bif/integrationscenter",
    "cba": "bif/center-for-beskaeftigelse-og-afklaring",
    "payments": "bif/ydelsesservice",
}
UNIT_CODES = tuple(UNITS.values())
MOVED = {
    "hjem": "d1",
    "rus": "d2",
    "psy": "d3",
    "bch": "d4-adults",
    "bch-all": "d4",
    "bch-children": "d4-children",
    "bbu": "d5",
    "oevrige": "d6-other",
    "bcv": "d6-other",  # the case is placed on the occasion
    "pleje": "d6-care",
    "bbe": "d6-housing",
    "krim": "d6-crime",
    "esy": "payments",
}
RENAMED = {
    "SEL-52/familiebehandling": ("BL-32/familiebehandling",),
    "SEL-52/aflastning": ("BL-32/aflastning",),
    "SEL-52/dagbehandling": ("BL-32/dagbehandling",),
    "SEL-52/anbringelse": ("BL-46", "BL-47"),
}
MERGED = {
    "uddannelseshjaelp": "kontanthjaelp",
    "uddannelseshjaelp/aktivitetsparat": "kontanthjaelp/aktivitetsparat",
    "uddannelseshjaelp/uddannelsesparat": "kontanthjaelp/jobparat",
    "overgangsydelse/aktivitetsparat": "kontanthjaelp/aktivitetsparat",
    "overgangsydelse/jobparat": "kontanthjaelp/jobparat",
    "selvforsoergelses-og-hjemrejseydelse": "kontanthjaelp/aktivitetsparat",
}


def unit(name: str) -> int:
    """The position of a unit by its short name in this room."""
    return list(UNITS).index(name)


def moved_units() -> list[int]:
    """For each unit's position, the position of the unit its rows continue at from 1 January 2025."""
    return [unit(MOVED.get(name, name)) for name in UNITS]
