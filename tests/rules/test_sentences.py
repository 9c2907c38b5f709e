import pytest

from helhed.periods import Duration
from helhed.rules.criteria import Age, All, AnyChild, AnyOf, AnyParent, AtLeast, Leaf, Not
from helhed.rules.sentences import sentence, sentences
from rules.words import ref

LABELS = {
    ("benefit", "ledighedsydelse"): ("Ledighedsydelse", "Unemployment allowance"),
    ("benefit", "kontanthjaelp/aktivitetsparat"): (
        "kontanthjælp (aktivitetsparat)",
        "cash benefit (activity-ready)",
    ),
    ("social_case", "primaer"): ("Primær sag", "Primary case"),
    ("service", "SEL-107"): ("midlertidigt botilbud", "temporary housing"),
    ("unit", "hjem"): ("Hjemløseenheden", "the Homelessness Unit"),
    ("unit", "psyk"): ("Psykiatrienheden", "the Psychiatry Unit"),
    ("group", "5A"): ("unge med hjemløshed", "homeless young people"),
    ("kind", "housing"): ("Bolig", "Housing"),
    ("housing", "flat"): ("BBR-lejlighed", "UN flat"),
}
BENEFITS = Leaf("benefit", ("kontanthjaelp/aktivitetsparat", "ledighedsydelse"))


def label(kind, code, language):
    return LABELS[kind, code][("da", "en").index(language)]


def duration(text):
    return Duration.parse(text)


@pytest.mark.parametrize(
    ("criterion", "da", "en"),
    [
        (Age(18), "er fyldt 18 år", "has turned 18"),
        (Age(None, 30), "er under 30 år", "is under 30"),
        (Age(18, 30), "er fyldt 18 år og under 30 år", "has turned 18 and is under 30"),
        (Age(0), "er født", "is born"),
        (BENEFITS, "modtager en af: kontanthjælp (aktivitetsparat), ledighedsydelse",
         "receives one of: cash benefit (activity-ready), unemployment allowance"),
        (Leaf("benefit"), "modtager en forsørgelsesydelse", "receives a benefit"),
        (Leaf("social_case", ("primaer",), ("hjem",)), "har primær sag hos Hjemløseenheden",
         "has a primary case at the Homelessness Unit"),
        (Leaf("social_case", ("primaer", "primaer")), "har en af: primær sag, primær sag",
         "has one of: primary case, primary case"),
        (Leaf("child_case", None, ("hjem", "psyk")), "har en børnesag hos en af: Hjemløseenheden, Psykiatrienheden",
         "has a child case at one of: the Homelessness Unit, the Psychiatry Unit"),
        (Leaf("service", ("SEL-107",), within=duration("P6M")),
         "får midlertidigt botilbud nu eller inden for de seneste 6 måneder",
         "is given temporary housing now or within the last 6 months"),
        (Leaf("offer", lasted=duration("P1W")), "er i et beskæftigelsestilbud uafbrudt i mindst 1 uge",
         "is in an employment offer without a break for at least 1 week"),
        (Leaf("plan", ending_within=duration("P30D"), exact=True),
         "har en plan med en slutdato højst 30 dage fremme (uden det, der senere er trådt i stedet)",
         "has a plan with an end date at most 30 days ahead (without what has since taken its place)"),
        (Leaf("housing", ("flat",)), "har bolig: BBR-lejlighed", "has housing: UN flat"),
        (Leaf("housing"), "har bolig", "has housing"),
        (ref("5A"), "er i målgruppen »unge med hjemløshed«", "is in the group “homeless young people”"),
    ],
)  # fmt: skip
def test_a_leaf_is_one_sentence(criterion, da, en):
    assert sentence(criterion, label, "da") == da
    assert sentence(criterion, label, "en") == en


def test_a_criterion_is_an_indented_list():
    criterion = All(
        (
            Age(18, 30),
            AnyOf((BENEFITS, Not(ref("5A")))),
            AtLeast(1, (Leaf("plan"),)),
            AnyChild(Leaf("child_case")),
            AnyParent(All((Age(18), Leaf("benefit")))),
            Not(AnyOf((Age(1), Age(2)))),
        )
    )
    assert "\n".join("  " * depth + text for depth, text in sentences(criterion, label, "da")) == (
        """\
alle disse gælder:
  er fyldt 18 år og under 30 år
  mindst én af disse gælder:
    modtager en af: kontanthjælp (aktivitetsparat), ledighedsydelse
    ikke: er i målgruppen »unge med hjemløshed«
  mindst 1 af disse 1 gælder:
    har en plan
  har et barn, som har en børnesag
  har en forælder, om hvem dette gælder:
    alle disse gælder:
      er fyldt 18 år
      modtager en forsørgelsesydelse
  ikke dette:
    mindst én af disse gælder:
      er fyldt 1 år
      er fyldt 2 år"""
    )


def test_the_english_list_has_the_same_shape():
    criterion = All((AnyChild(Leaf("plan")), Not(Age(18)), AnyParent(AnyOf((Age(1), Age(2))))))
    da, en = sentences(criterion, label, "da"), sentences(criterion, label, "en")
    assert [line.depth for line in da] == [line.depth for line in en]
    assert [line.text for line in en[:3]] == [
        "all of these hold:",
        "has a child who has a plan",
        "not: has turned 18",
    ]
