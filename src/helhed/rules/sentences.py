"""A criterion read back as plain sentences, in Danish and in English."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from helhed.periods import Duration
from helhed.rules.criteria import (
    Age,
    All,
    AnyChild,
    AnyOf,
    AnyParent,
    AtLeast,
    Criterion,
    GroupRef,
    Leaf,
    Not,
    parts,
)

Label: TypeAlias = Callable[[str, str, str], str]
"""label(kind, code, language): the name of a code; kind is `unit`, `group` or `kind` for those."""


class Line(NamedTuple):
    """One line of an indented list; depth from 0. A line that ends in a colon is explained by those below it."""

    depth: int
    text: str


# per kind: a verb, the article of a single code, and what is said where no code is named
_VERBS = {
    "da": {
        "benefit": ("modtager", "", "modtager en forsørgelsesydelse"),
        "service": ("får", "", "får en social indsats"),
        "social_case": ("har", "", "har en social sag"),
        "employment_case": ("har beskæftigelsessag som", "", "har en beskæftigelsessag"),
        "offer": ("er i", "", "er i et beskæftigelsestilbud"),
        "child_case": ("har børnesag om", "", "har en børnesag"),
        "plan": ("har", "", "har en plan"),
        "consent": ("har givet samtykke til", "", "har givet samtykke"),
        "assessment": ("har vurderingen", "", "er vurderet"),
        "cpr_status": ("står i folkeregistret som", "", "står ikke som bosat i kommunen i folkeregistret"),
    },
    "en": {
        "benefit": ("receives", "", "receives a benefit"),
        "service": ("is given", "", "is given a social service"),
        "social_case": ("has", "a ", "has a social case"),
        "employment_case": ("has an employment case as", "", "has an employment case"),
        "offer": ("is in", "", "is in an employment offer"),
        "child_case": ("has a child case about", "", "has a child case"),
        "plan": ("has", "a ", "has a plan"),
        "consent": ("has consented to", "", "has consented"),
        "assessment": ("has the assessment", "", "is assessed"),
        "cpr_status": (
            "stands in the population register as",
            "",
            "is not registered as living in the municipality",
        ),
    },
}

_WORDS = {
    "da": {
        "all": "alle disse gælder:",
        "any": "mindst én af disse gælder:",
        "at_least": "mindst {n} af disse {many} gælder:",
        "not": "ikke: {what}",
        "not_several": "ikke dette:",
        "child": "har et barn, som {what}",
        "child_several": "har et barn, om hvem dette gælder:",
        "parent": "har en forælder, som {what}",
        "parent_several": "har en forælder, om hvem dette gælder:",
        "group": "er i målgruppen »{what}«",
        "one_of": "en af: {what}",
        "has": "har {what}",
        "at": "hos {what}",
        "born": "er født",
        "from": "er fyldt {start} år",
        "below": "er under {below} år",
        "between": "er fyldt {start} år og under {below} år",
        "within": "nu eller inden for de seneste {what}",
        "lasted": "uafbrudt i mindst {what}",
        "ending_within": "med en slutdato højst {what} fremme",
        "exact": "uden det, der senere er trådt i stedet",
    },
    "en": {
        "all": "all of these hold:",
        "any": "at least one of these holds:",
        "at_least": "at least {n} of these {many} hold:",
        "not": "not: {what}",
        "not_several": "not this:",
        "child": "has a child who {what}",
        "child_several": "has a child of whom this holds:",
        "parent": "has a parent who {what}",
        "parent_several": "has a parent of whom this holds:",
        "group": "is in the group “{what}”",
        "one_of": "one of: {what}",
        "has": "has {what}",
        "at": "at {what}",
        "born": "is born",
        "from": "has turned {start}",
        "below": "is under {below}",
        "between": "has turned {start} and is under {below}",
        "within": "now or within the last {what}",
        "lasted": "without a break for at least {what}",
        "ending_within": "with an end date at most {what} ahead",
        "exact": "without what has since taken its place",
    },
}

_UNITS = {
    "da": {"D": ("dag", "dage"), "W": ("uge", "uger"), "M": ("måned", "måneder"), "Y": ("år", "år")},
    "en": {"D": ("day", "days"), "W": ("week", "weeks"), "M": ("month", "months"), "Y": ("year", "years")},
}


def sentences(criterion: Criterion, label: Label, language: str) -> list[Line]:
    """A criterion as a short indented list of sentences about a person, in `da` or `en`."""
    return _lines(criterion, label, language, 0)


def sentence(criterion: Leaf | Age | GroupRef, label: Label, language: str) -> str:
    """A leaf, an age or a group reference as one sentence without its subject: "er fyldt 18 år"."""
    words = _WORDS[language]
    if isinstance(criterion, Age):
        return _age(criterion, words)
    if isinstance(criterion, GroupRef):
        return words["group"].format(what=label("group", criterion.key, language))
    return _leaf(criterion, label, language)


def duration_text(duration: Duration, language: str) -> str:
    """`6 måneder`, `1 day`."""
    one, many = _UNITS[language][duration.unit]
    return f"{duration.number} {one if duration.number == 1 else many}"


def _lines(criterion: Criterion, label: Label, language: str, depth: int) -> list[Line]:
    words = _WORDS[language]
    if isinstance(criterion, Leaf | Age | GroupRef):
        return [Line(depth, sentence(criterion, label, language))]
    below = [line for part in parts(criterion) for line in _lines(part, label, language, depth + 1)]
    match criterion:
        case All():
            return [Line(depth, words["all"]), *below]
        case AnyOf():
            return [Line(depth, words["any"]), *below]
        case AtLeast():
            head = words["at_least"].format(n=criterion.n, many=len(criterion.of))
            return [Line(depth, head), *below]
    name = {Not: "not", AnyChild: "child", AnyParent: "parent"}[type(criterion)]
    if len(below) == 1:
        return [Line(depth, words[name].format(what=below[0].text))]
    return [Line(depth, words[f"{name}_several"]), *below]


def _age(age: Age, words: dict[str, str]) -> str:
    if age.below is not None:
        name = "between" if age.start else "below"
        return words[name].format(start=age.start, below=age.below)
    return words["from" if age.start else "born"].format(start=age.start)


def _leaf(leaf: Leaf, label: Label, language: str) -> str:
    words = _WORDS[language]
    said = [_what(leaf, label, language)]
    if leaf.unit is not None:
        said.append(words["at"].format(what=_listed("unit", leaf.unit, label, language)))
    for name, duration in (
        ("within", leaf.within),
        ("lasted", leaf.lasted),
        ("ending_within", leaf.ending_within),
    ):
        if duration is not None:
            said.append(words[name].format(what=duration_text(duration, language)))
    if leaf.exact:
        said.append(f"({words['exact']})")
    return " ".join(said)


def _what(leaf: Leaf, label: Label, language: str) -> str:
    """The verb and its objects. A kind of the catalogue that has no verb here is "had" by its own name."""
    said = _VERBS[language].get(leaf.kind)
    if said is None:
        noun = _WORDS[language]["has"].format(what=_in_a_sentence(label("kind", leaf.kind, language)))
        said = (f"{noun}:", "", noun)
    verb, article, anything = said
    if leaf.any_of is None:
        return anything
    article = article if len(leaf.any_of) == 1 else ""
    return f"{verb} {article}{_listed(leaf.kind, leaf.any_of, label, language)}"


def _listed(kind: str, codes: tuple[str, ...], label: Label, language: str) -> str:
    names = [label(kind, code, language) for code in codes]
    if kind != "unit":
        names = [_in_a_sentence(name) for name in names]
    listed = ", ".join(names)
    return listed if len(codes) == 1 else _WORDS[language]["one_of"].format(what=listed)


def _in_a_sentence(name: str) -> str:
    """A label without its capital, unless it begins with an abbreviation. Units keep theirs: they are names."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
