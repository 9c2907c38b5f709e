"""The sentences of the mapping, in the language in force. Words beside every number."""

from django.utils import formats
from django.utils.translation import gettext as _

from helhed.insight.answers import GroupRow, HeatMap, Overview
from helhed.sharing.answers import Count
from helhed.sharing.counts import threshold


def number(value: int) -> str:
    """1.193 in Danish, 1,193 in English."""
    return formats.number_format(value, force_grouping=True)


def verdict(key: str) -> str:
    """The report's verdict in words."""
    return {
        "recommended": _("Anbefalet"),
        "merged_into_5": _("Egnet, samlet i model 5"),
        "least_suitable": _("Mindst hensigtsmæssig"),
    }.get(key, "")


def agrees(key: str) -> str:
    """How the computed figure stands to the source's."""
    return {
        "equal": _("Svarer til kilden"),
        "rounded": _("Svarer til kildens afrunding"),
        "differs": _("Afviger fra kilden"),
        "another-day": _("Kilden er fra en anden dag"),
    }.get(key, "")


def stated(row: GroupRow) -> str:
    """The first figure the source printed, with its "ca."."""
    if not row.stated:
        return "–"
    first = row.stated[0]
    return (
        _("ca. %(n)s") % {"n": number(first.value)}
        if first.precision in ("about", "ca.")
        else number(first.value)
    )


def remark(row: GroupRow) -> str:
    """What is said beside a group's name: the children behind the parents, or how a sum came about."""
    if row.children is not None:
        return _("%(n)s børn") % {"n": _plain(row.children)}
    return row.derivation


def summary(overview: Overview) -> list[str]:
    """The mapping in three to five sentences."""
    rows = {row.key: row for row in overview.rows}
    said = [
        _("%(shared)s borgere er fælles for de to forvaltninger, ud af %(people)s kendte personer.")
        % {"shared": _plain(overview.shared), "people": _plain(overview.people)},
    ]
    agreeing = [r for r in overview.rows if r.family == "model" and r.agrees in ("equal", "rounded")]
    compared = [r for r in overview.rows if r.family == "model" and r.agrees not in ("", "another-day")]
    if compared:
        said.append(
            _("%(n)s af %(all)s beregnede modeller svarer til det tal, kilden angiver.")
            % {"n": len(agreeing), "all": len(compared)}
        )
    if "6" in rows and rows["6"].derivation:
        said.append(_("Model 6: %(how)s") % {"how": rows["6"].derivation})
    unknown = sum(r.unknown.value or 0 for r in overview.rows if r.family == "model")
    if unknown:
        said.append(
            _(
                "I modellerne kan %(n)s medlemskaber ikke afgøres, fordi kilden mangler en enhed eller en kategori. De tælles som ukendte."
            )
            % {"n": number(unknown)}
        )
    return said


def _plain(count: Count) -> str:
    if count.value is None:
        return _("færre end %(n)s") % {"n": threshold()}
    return number(count.value)


def chart_title(rows: list[GroupRow]) -> str:
    """The chart's finding: the largest and the smallest model."""
    known = sorted((r for r in rows if r.size.value), key=lambda r: r.size.value or 0)
    if not known:
        return _("Ingen model har medlemmer på dagen")
    first, last = known[0], known[-1]
    return _("Modellerne spænder fra %(small)s borgere (%(a)s) til %(large)s (%(b)s)") % {
        "small": number(first.size.value or 0),
        "a": first.key,
        "large": number(last.size.value or 0),
        "b": last.key,
    }


def heat_title(heat: HeatMap) -> str:
    """The heat map's finding: where most shared citizens stand."""
    best, where = 0, ("", "")
    for (_u, unit), cells in zip(heat.units, heat.cells, strict=True):
        for (_b, benefit), cell in zip(heat.benefits, cells, strict=True):
            if (cell.value or 0) > best:
                best, where = cell.value or 0, (unit, benefit)
    if not best:
        return _("Ingen fælles borgere på dagen")
    return _("Flest fælles borgere: %(unit)s × %(benefit)s (%(n)s)") % {
        "unit": where[0],
        "benefit": where[1],
        "n": number(best),
    }


def rounding() -> str:
    """How cells are protected."""
    return _(
        "Celler er afrundet til nærmeste 5; celler under %(n)s er skjult. Totaler er summen af de afrundede celler. "
        "En borger med primær sag i to enheder tæller med i begge."
    ) % {"n": threshold()}


def method(overview: Overview) -> list[str]:
    """What the numbers rest on."""
    lines = [
        _(
            "Hvert tal er beregnet af målgruppernes kriterier på de to forvaltningers oplysninger; intet tal er indtastet."
        ),
        _(
            "Modeller beregnes efter den version af kriterierne, der gælder på dagen: rapportens ord fra 2022 til og med 30. juni 2025, gældende ret derefter."
        ),
        _(
            "Størrelser under %(n)s personer vises ikke. Ukendt er ikke nej: det, der ikke kan afgøres, tælles for sig."
        )
        % {"n": overview.threshold},
    ]
    if overview.newest_delivery:
        lines.append(_("Seneste leverance: %(text)s.") % {"text": overview.newest_delivery})
    return lines


def report_words(overview: Overview) -> dict[str, str]:
    """The fixed words of the report."""
    return {
        "title": _("Kortlægning af fælles borgere"),
        "footer": _("helhed · kortlægning pr. %(day)s") % {"day": formats.date_format(overview.on)},
        "demo_head": _("Opdigtede data."),
        "demo": _(
            "Byen i denne rapport er opdigtet. Tallene er bygget, så de svarer til kilderne, og siger intet om virkelige borgere."
        ),
        "models": _("Modellerne"),
        "models_intro": _(
            "Beregnet antal ved siden af det tal, kilden angiver, og rapportens vurdering fra 2022. Vurderingen er konsulentens ord, ikke data."
        ),
        "sizes": _("Størrelser"),
        "sizes_intro": _("Søjlen er det beregnede antal; den sorte streg er kildens tal."),
        "chart_note": _("Blå: ressortflyt (model 1–5). Orange: fælles indgang (model 6–8)."),
        "boundary": _("Grænsen mellem forvaltningerne"),
        "boundary_intro": _("Fælles borgere efter enhed i SOF (rækker) og ydelse i BIF (kolonner)."),
        "mapping": _("Målgrupperne i beskæftigelsesindsatsen"),
        "mapping_intro": _(
            "De seks målgrupper i kommissoriet fra 2021, og hvor stor en del der er fælles borgere."
        ),
        "flaws": _("Kendte uoverensstemmelser i kilderne"),
        "flaws_intro": _(
            "Kilderne er uenige med sig selv nogle steder. Her står hvor, og hvad der er gjort."
        ),
        "method": _("Hvad tallene bygger på"),
        "documents": _("Kilder"),
        "key": _("Nr."),
        "group": _("Målgruppe"),
        "computed": _("Beregnet"),
        "stated": _("Kilden"),
        "agrees": _("Sammenhold"),
        "unknown": _("Ukendt"),
        "verdict": _("Rapportens vurdering"),
        "shared": _("Andel fælles"),
        "total": _("I alt"),
        "flaw": _("Uoverensstemmelse"),
        "handling": _("Sådan er den håndteret"),
    }
