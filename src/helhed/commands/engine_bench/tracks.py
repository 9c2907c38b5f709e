"""What the made-up facts are like: who has which kinds of spell, in which codes, at which units.

A *track* is one kind of spell that follows upon itself in a person's life, such as benefits. Codes and units are the
catalogue's; the first of a list is the commonest. Shares are chosen so that the number of distinct states is that of a
city, not of dice: people have one or two tracks that belong together, not a little of everything.
"""

from dataclasses import dataclass

SEEKER, MARGIN, YOUNG, SICK, SOCIAL, DISABLED, CHILD, FEW = range(8)
"""What sort of life a person has in the two systems."""

ADULT_SHARES = {SEEKER: 0.30, MARGIN: 0.12, YOUNG: 0.10, SICK: 0.13, SOCIAL: 0.05, DISABLED: 0.06, FEW: 0.24}
APPETITE = {
    SEEKER: 0.9,
    MARGIN: 2.0,
    YOUNG: 1.2,
    SICK: 0.8,
    SOCIAL: 3.0,
    DISABLED: 1.8,
    CHILD: 0.25,
    FEW: 0.15,
}
"""How many spells a person has, against the average."""


@dataclass(frozen=True)
class Track:
    """`share`: of the spells of those who have it. `whole`: how much of the time between two starts is covered."""

    kind: str
    who: tuple[int, ...]
    share: float
    whole: float
    codes: tuple[str, ...]
    units: tuple[str, ...] = ()


_JOB = ("bif/jobcenter-koebenhavn", "bif/center-for-beskaeftigelse-og-afklaring", "bif/integrationscenter")
_ADULTS = (
    "sof/borgercenter-voksne/oevrige",
    "sof/borgercenter-voksne/psykiatrienheden",
    "sof/borgercenter-voksne/rusmiddelbehandling-koebenhavn",
    "sof/borgercenter-voksne/hjemloeseenheden",
    "sof/driftscenter-3",
    "sof/driftscenter-1",
    "sof/driftscenter-2",
)
_CHILDREN = ("sof/borgercenter-boern-og-unge", "sof/borgercenter-handicap/boerneenhed", "sof/driftscenter-5")
_OFFERS = (
    "LAB-vejledning-og-opkvalificering",
    "LAB-virksomhedspraktik",
    "LAB-kontaktforloeb",
    "LAB-loentilskud",
    "LAB-mentor",
    "LAB-nytteindsats",
)

TRACKS = (
    Track("benefit", (SEEKER,), 5, 0.5, ("a-dagpenge", "kontanthjaelp/jobparat", "sygedagpenge")),
    Track(
        "benefit",
        (MARGIN, SOCIAL),
        4,
        0.9,
        (
            "kontanthjaelp/aktivitetsparat",
            "ressourceforloebsydelse/ressourceforloeb",
            "kontanthjaelp/jobparat",
            "ledighedsydelse",
            "overgangsydelse/aktivitetsparat",
            "foertidspension",
        ),
    ),
    Track(
        "benefit",
        (YOUNG,),
        4,
        0.7,
        (
            "uddannelseshjaelp/uddannelsesparat",
            "uddannelseshjaelp/aktivitetsparat",
            "kontanthjaelp/jobparat",
            "kontanthjaelp/aktivitetsparat",
        ),
    ),
    Track(
        "benefit",
        (SICK,),
        4,
        0.6,
        ("sygedagpenge", "ressourceforloebsydelse/jobafklaring", "fleksloentilskud", "revalideringsydelse"),
    ),
    Track("benefit", (DISABLED,), 2, 0.95, ("foertidspension", "fleksloentilskud", "ledighedsydelse")),
    Track("benefit", (FEW,), 4, 0.3, ("a-dagpenge", "sygedagpenge")),
    Track("employment_case", (SEEKER, FEW), 2, 0.6, ("LAB-6-1", "LAB-6-2"), _JOB),
    Track("employment_case", (MARGIN, SOCIAL), 2, 0.9, ("LAB-6-3", "LAB-6-8", "LAB-6-9"), _JOB),
    Track("employment_case", (YOUNG,), 2, 0.8, ("LAB-6-4", "LAB-6-5"), ("bif/ungeenhed",)),
    Track("employment_case", (SICK,), 2, 0.7, ("LAB-6-6", "LAB-6-7", "LAB-6-10"), _JOB),
    Track("offer", (SEEKER, MARGIN, YOUNG, SICK), 4, 0.2, _OFFERS, _JOB),
    Track("plan", (SEEKER, MARGIN, YOUNG, SICK), 1, 0.8, ("min-plan", "helhedsorienteret-plan")),
    Track("plan", (SOCIAL, DISABLED), 1, 0.7, ("handleplan", "helhedsorienteret-plan")),
    Track("consent", (MARGIN, SOCIAL, YOUNG), 0.5, 0.5, ("deling", "helhedsorienteret-plan")),
    Track("assessment", (MARGIN, SOCIAL), 0.3, 0.3, ("kontinuerligt-behov",)),
    Track("social_case", (SOCIAL,), 3, 0.9, ("primaer", "primaer", "supplerende"), _ADULTS),
    Track(
        "social_case",
        (DISABLED,),
        2,
        0.95,
        ("primaer", "supplerende"),
        ("sof/borgercenter-handicap/voksne", "sof/driftscenter-4/voksne"),
    ),
    Track("social_case", (MARGIN,), 0.5, 0.4, ("primaer",), _ADULTS),
    Track(
        "service",
        (SOCIAL,),
        4,
        0.5,
        ("SEL-85", "SUL-141", "SEL-101", "SEL-110", "SEL-107", "SEL-99", "SEL-108"),
        _ADULTS,
    ),
    Track(
        "service",
        (DISABLED,),
        4,
        0.8,
        ("SEL-85", "SEL-83", "SEL-108", "SEL-97", "SEL-107", "botilbudslignende"),
        ("sof/borgercenter-handicap/voksne", "sof/den-sociale-hjemmepleje"),
    ),
    Track("service", (SICK, FEW), 0.5, 0.4, ("SEL-83", "SEL-83-a"), ("sof/den-sociale-hjemmepleje",)),
    Track(
        "child_case",
        (CHILD,),
        1,
        0.6,
        (
            "SEL-52/familiebehandling",
            "SEL-52/aflastning",
            "SEL-52/dagbehandling",
            "SEL-52/anbringelse",
            "BL-32/familiebehandling",
            "BL-46",
        ),
        _CHILDREN,
    ),
)
