"""The bench: what was posted becomes blocks, the button's act is done, and the page says what the blocks mean and whom they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from helhed.membership.definitions import book
from helhed.pages.analyst.workshop import choices, edits, fields
from helhed.pages.analyst.workshop.blocks import DEEPEST, MOST, Block, block, empty, too_large
from helhed.pages.analyst.workshop.building import Built, blocks_of, build
from helhed.pages.analyst.workshop.outline import form_of, menu, outline, problems_in_words, read_back
from helhed.pages.analyst.workshop.panel import panel
from helhed.pages.analyst.workshop.words import FIRST, GRACES, MEASURES, TIMES
from helhed.pages.words import reader_language
from helhed.periods import date_of, day_of
from helhed.rules.criteria import All, Criterion
from helhed.rules.errors import CriteriaError
from helhed.rules.reading import read_criterion
from helhed.rules.writing import write_criterion
from helhed.sharing import trials

_FEWEST, _MOST_YEARS = date(2008, 1, 1), 5


@dataclass(frozen=True)
class Bench:
    """The bench as it is now. `said`: a sentence about what could not be done. Of the panel that was on the page: `seen`, what
    it was of; `number`, the number on it; `before`, the number before the change it told of.
    """

    root: Block
    open: str = ""
    base: str = ""
    on: date | None = None
    day_typed: str = ""
    grace: str = ""
    name_da: str = ""
    name_en: str = ""
    key: str = ""
    as_version: bool = False
    note: str = ""
    edition: int | None = None
    seen: str = ""
    number: int | None = None
    before: int | None = None
    said: str = ""
    yaml: str | None = None
    yaml_error: str = ""

    @property
    def day(self) -> date:
        """The day the number is of."""
        return self.on or timezone.localdate()


def posted(request: HttpRequest) -> Bench:
    """The bench as the form sent it, before its button is obeyed."""
    sent = request.POST
    typed = sent.get("dag", "").strip()
    return Bench(
        root=fields.read(sent, book().vocabulary().kinds),
        open=sent.get("aaben", "")[:10],
        base=_known_group(sent.get("grundlag", "")),
        on=_day(typed),
        day_typed=typed[:20],
        grace=sent.get("henstand", "") if sent.get("henstand", "") in dict(GRACES) else "",
        name_da=sent.get("navn", "").strip()[:200],
        name_en=sent.get("navn_en", "").strip()[:200],
        key=sent.get("noegle", "").strip()[:40],
        as_version=sent.get("som", "") == "udgave",
        note=sent.get("bemaerkning", "").strip()[:2000],
        edition=_number(sent, "udgave"),
        seen=sent.get("vist", "")[:20],
        number=_number(sent, "tal"),
        before=_number(sent, "foer"),
    )


def obeyed(bench: Bench, request: HttpRequest) -> Bench:
    """The bench after the button `do` was pressed; unchanged where it was none of the bench's own."""
    words = request.POST.get("do", "")
    if words == "yaml":
        return _pasted(bench, request.POST.get("yaml", ""))
    if words == "start":
        started = from_group(request.POST.get("udgangspunkt", ""))
        return replace(bench, root=started.root, base=started.base) if started else bench
    edited = edits.act(bench.root, words, _codes)
    if edited is None:
        return bench
    said = _("Der er ikke plads til flere klodser, eller de ligger for dybt.") if edited.full else ""
    return replace(bench, root=edited.root, open=edited.open, said=said)


def built_of(bench: Bench) -> Built:
    """What the bench means now."""
    return build(bench.root, book().vocabulary(), book().groups())


def impact_of(bench: Bench, built: Built, request: HttpRequest) -> Any:
    """The impact of what is finished; None while nothing is."""
    if built.finished is None:
        return None
    return trials.impact(
        criteria=built.finished,
        on=bench.day,
        base=bench.base or None,
        grace=bench.grace,
        by=request.user,
        language=reader_language(),
    )


def context_of(bench: Bench, request: HttpRequest) -> dict[str, Any]:
    """All the templates of the bench need."""
    built = built_of(bench)
    impact = impact_of(bench, built, request)
    seen = _digest(built.finished, bench)
    before = bench.before if seen == bench.seen else bench.number
    return work_of(bench, built) | {
        "graces": GRACES,
        "panel": panel(impact, before) if impact else None,
        "seen": seen,
        "before": before,
        "today": timezone.localdate(),
        "day_wrong": bool(bench.day_typed) and bench.on is None,
    }


def work_of(bench: Bench, built: Built) -> dict[str, Any]:
    """What the left side needs: the blocks and what they say, not whom they hold."""
    law, language = book(), reader_language()
    opened = block(bench.root, bench.open)
    return {
        "bench": bench,
        "row": outline(bench.root, built, bench.open, law, language),
        "form": form_of(bench.root, opened, law, language),
        "opened": opened,
        "fields": list(fields.fields_of(bench.root, bench.open)),
        "menu": menu(law),
        "first": FIRST,
        "times": TIMES,
        "measures": MEASURES,
        "sentences": read_back(built.finished, law, language),
        "criterion_all": isinstance(built.finished, All),
        "unfinished": problems_in_words(len(built.problems)) if built.problems else "",
        "problems": built.problems,
        "yaml": _yaml_of(bench, built),
        "base_label": law.label("groups", bench.base, language) if bench.base else "",
    }


def from_group(asked: str) -> Bench | None:
    """A bench that starts from a version of a target group, `2A/2025-07-01` (`2A`: the newest); None if there is none."""
    law = book()
    key, _slash, day = asked.partition("/")
    version = _iso(day)
    group = law.groups().get(key)
    if group is None:
        return None
    named = [each for each in group.versions if version is None or each.valid_from == day_of(version)]
    if not named:
        return None
    return Bench(blocks_of(named[-1].criteria), base=key)


def from_text(text: str) -> Block:
    """The blocks of criteria kept as text; an empty bench where they can no longer be read."""
    try:
        return blocks_of(read_criterion(text, "kriterier", book().vocabulary(), book().groups()))
    except CriteriaError:
        return empty()


def group_choices() -> tuple[tuple[str, str], ...]:
    """The target groups one can start from or compare with, as (key, words)."""
    return choices.groups_of(book(), reader_language())


def version_choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The versions one can start from: for each group its words, and (`2A/2025-07-01`, words) for each version, newest first."""
    law, language = book(), reader_language()
    return tuple(
        (f"{entry.key} · {entry.label.in_language(language)}", tuple(_version_words(entry.key)))
        for entry in law.groups_in_order()
    )


def _version_words(key: str) -> Iterator[tuple[str, str]]:
    for version in reversed(book().groups()[key].versions):
        day = date_of(version.valid_from)
        words = _("%(key)s, udgaven fra %(day)s") % {"key": key, "day": date_format(day, "DATE_FORMAT")}
        yield f"{key}/{day.isoformat()}", words


def _pasted(bench: Bench, text: str) -> Bench:
    try:
        criterion = read_criterion(text, "YAML", book().vocabulary(), book().groups())
    except CriteriaError as error:
        return replace(bench, yaml=text[:20_000], yaml_error=error.text(reader_language()))
    root = blocks_of(criterion)
    if too_large(root):
        words = _(
            "Værkbænken har plads til %(most)s klodser i %(deep)s lag; teksten har flere. Del den i flere målgrupper."
        )
        return replace(bench, yaml=text[:20_000], yaml_error=words % {"most": MOST, "deep": DEEPEST})
    return replace(bench, root=root, open="")


def _yaml_of(bench: Bench, built: Built) -> str:
    if bench.yaml is not None:
        return bench.yaml
    return write_criterion(built.finished) if built.finished is not None else ""


def _digest(criterion: Criterion | None, bench: Bench) -> str:
    """What the number is of, in short: two panels with the same digest show the same."""
    return sha256(f"{criterion} {bench.day}".encode()).hexdigest()[:16]


def _codes(kind: str) -> tuple[str, ...]:
    return tuple(sorted(book().vocabulary().codes_of(kind)))


def _known_group(key: str) -> str:
    return key if key in book().groups() else ""


def _number(sent: QueryDict, name: str) -> int | None:
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    for form in get_format("DATE_INPUT_FORMATS"):
        try:
            day = datetime.strptime(typed, form).date()
        except ValueError:
            continue
        latest = timezone.localdate().year + _MOST_YEARS
        return day if day >= _FEWEST and day.year <= latest else None
    return None
