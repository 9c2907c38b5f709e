"""What stands behind a number: the source's own figures, the criterion in words, the law, what the report said, known flaws."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from helhed.insight.answers import Flaw, LawRef, Stated, Topic
from helhed.law import Catalogue, about, catalogue
from helhed.law.entries import Entry
from helhed.law.of_group import general_pros_and_cons
from helhed.law.rulings import LawChange, LegalOption
from helhed.law.source_words import short_name, source_text
from helhed.law.statements import TargetGroup
from helhed.periods import date_of, day_of
from helhed.rules.sentences import sentences as written_out

TRANSFER_OPTIONS = ("ressortflyt",)


def documents(book: Catalogue, language: str) -> list[str]:
    """The documents by short name with their full titles."""
    return [
        f"{short_name(book, entry.key, language)}: {entry.label.in_language(language)}"
        for entry in book.sources.values()
        if entry.names
    ]


def stated(book: Catalogue, entry: TargetGroup, language: str) -> tuple[Stated, ...]:
    """The figures the sources print of a group, the group's own size first."""
    said = about(book, entry.key)
    rows = [
        Stated(
            v.value,
            v.population,
            v.precision,
            v.as_of.in_language(language),
            date_of(v.as_of_day),
            source_text(book, v.source, language),
        )
        for v in said.volumes
        if v.unit == "number"
    ]
    if not rows and said.stated is not None:
        first = said.stated
        day = date_of(first.as_of_day)
        where = source_text(book, first.source, language)
        rows = [Stated(first.value, entry.counts, first.precision, formats.date_format(day), day, where)]
    return tuple(sorted(rows, key=lambda row: row.what == "children"))


def flaws(book: Catalogue, key: str | None, language: str) -> tuple[Flaw, ...]:
    """The known inconsistencies that touch a group; with no key, all of them. How the made-up city resolves one is part
    of how it is handled."""
    rows = book.inconsistencies.values() if key is None else about(book, key).inconsistencies
    return tuple(
        Flaw(
            row.key,
            row.description.in_language(language),
            " ".join(
                label.in_language(language) for label in (row.handling, row.resolution) if label is not None
            ),
            row.severity,
            source_text(book, row.source, language),
        )
        for row in rows
    )


def sentences(book: Catalogue, entry: TargetGroup, on: date, language: str) -> tuple[str, ...]:
    """The criterion in force on a day as plain sentences, indented by two spaces a level; none before the first version."""
    version = book.groups()[entry.key].version_on(day_of(on))
    if version is None:
        return ()

    return tuple(
        "  " * line.depth + line.text for line in written_out(version.criteria, book.label, language)
    )


def regime(book: Catalogue, entry: TargetGroup, on: date) -> str:
    """Which words the version in force is written in: the source's, or the law as it came to stand."""
    group = book.groups()[entry.key]
    version = group.version_on(day_of(on))
    if version is None:
        return ""
    files = catalogue().groups().get(entry.key)
    if files is None or version not in files.versions:
        return _("vedtaget i værkstedet, gælder fra %(day)s") % {
            "day": formats.date_format(date_of(version.valid_from))
        }
    if version is group.versions[0]:
        return _("kildens ord")
    return _("gældende ret fra %(day)s") % {"day": formats.date_format(date_of(version.valid_from))}


def law(book: Catalogue, entry: TargetGroup, on: date, language: str) -> tuple[LawRef, ...]:
    """The legal options in force on the day for the group's kind of model, and the changes of law that touch it."""
    day = day_of(on)
    options = book.legal_options.on(day).values() if entry.transfer_type in TRANSFER_OPTIONS else ()
    changes = about(book, entry.key).law_changes
    return (
        *(_option(book, option, language) for option in options),
        *(_change(book, change, language) for change in changes),
    )


def topics(book: Catalogue, entry: TargetGroup, language: str) -> tuple[Topic, ...]:
    """Present organisation. For the groups of the 2021 mapping: the cells of its table. For models: who holds each of the
    four responsibilities now, and what a transfer does to it."""
    cells = about(book, entry.key).mapping_topics
    if cells:
        return tuple(
            Topic(
                cell.question,
                book.label("mapping_questions", cell.question, language),
                book.mapping_questions[cell.question].question.in_language(language),
                cell.text.in_language(language),
                source_text(book, cell.source, language),
            )
            for cell in cells
        )
    if entry.family != "model":
        return ()
    return tuple(
        Topic(
            duty.key,
            duty.label.in_language(language),
            _("Ligger nu hos %(unit)s.") % {"unit": book.label("units", duty.holder_now, language)},
            duty.description.in_language(language),
            source_text(book, duty.source, language),
        )
        for duty in book.responsibilities.values()
    )


def said(book: Catalogue, entry: TargetGroup, direction: str, language: str) -> tuple[str, ...]:
    """The report's advantages ("pro") or drawbacks ("con"): the group's own first, then those of its kind of model."""
    own = about(book, entry.key).pros_and_cons
    general = general_pros_and_cons(book, entry.key)
    rows = [row for row in (*own, *general) if row.direction == direction and row.see is None]
    return tuple(dict.fromkeys(row.label.in_language(language) for row in rows))


def _option(book: Catalogue, option: LegalOption, language: str) -> LawRef:
    return _ref(book, option, option.reasoning.in_language(language), language)


def _change(book: Catalogue, change: LawChange, language: str) -> LawRef:
    return _ref(book, change, change.consequence.in_language(language), language)


def _ref(book: Catalogue, entry: Entry, text: str, language: str) -> LawRef:
    starts = entry.valid_from
    if isinstance(entry, LawChange):
        starts = entry.effective[0] if entry.effective else None
    return LawRef(
        entry.key,
        entry.label.in_language(language),
        text,
        None if starts is None else date_of(starts),
        None if entry.valid_to is None else date_of(entry.valid_to),
        source_text(book, entry.source, language),
        entry.status,
    )
