"""Why and why not on the page: purpose first, a line for each look, nothing closed in it, the citizen's own in plain words."""

import re
from datetime import date

import pytest

from helhed.audit.models import Event
from helhed.pages.why.sorting import sort
from helhed.pages.why.tree import top, tree
from helhed.register.models import Fact
from helhed.rules.criteria import Age, All, AnyChild, AnyParent, Leaf
from helhed.sharing.answers import NoAccess
from helhed.sharing.why import GroupWhy, MadeUpFact, WhyLine, why_draft, why_made_up
from pages.world import World, deliver, user

VARYING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-session-ends="\d+"')


def ask(client, person, group="", day="", purpose="sagsbehandling"):
    """The page as the one who has said what for gets it."""
    address = f"/borger/{person}/hvorfor" + (f"/{group}" if group else "")
    address += f"?dato={day}" if day else ""
    return client.post(address, {"formaal": purpose}, follow=True)


def shown(answer):
    return VARYING.sub("", answer.content.decode())


def test_nothing_is_shown_before_the_purpose(pages, world: World):
    page = shown(pages("bente").get(f"/borger/{world.anna}/hvorfor/2A"))
    assert "Hvad skal du bruge opslaget til?" in page and "Åkær" not in page
    assert not Event.objects.filter(action="why").exists()


def test_the_purpose_leads_back_to_the_page_asked_for(pages, world: World):
    answer = ask(pages("bente"), world.anna, "2A", "2026-01-01")
    assert answer.redirect_chain == [(f"/borger/{world.anna}/hvorfor/2A?dato=2026-01-01", 302)]


def test_with_consent_the_whole_answer_is_shown(pages, world: World):
    page = shown(ask(pages("bente"), world.anna))
    assert "Med i" in page and "Voksne over 30 år med sag i både BIF og SOF" in page
    assert (
        "Lukket for dig" not in page.split("Lukket for dig</h2>")[0].split("<main")[1] or "4A-BOERN" in page
    )
    one = shown(ask(pages("bente"), world.anna, "2A"))
    assert "Borgeren er med i målgruppen" in one and "Kontanthjælp (aktivitetsparat)" in one
    assert "Socialforvaltningens fagsystem, kendt siden" in one


def test_a_look_is_a_line_the_citizen_can_read(pages, world: World):
    ask(pages("bente"), world.anna, "2A", purpose="koordinering")
    line = Event.objects.get(action="why", person_key=world.anna)
    assert (line.object, line.purpose, line.outcome) == ("2A", "koordinering", "allowed")
    assert {"benefit", "social_case", "group", "identity"} <= set(line.fields)
    assert "så, hvorfor du er eller ikke er i målgrupperne" in shown(pages("anna").get("/mig/opslag")).lower()


def test_what_is_closed_is_not_in_the_log_line_either(pages, world: World):
    ask(pages("bente"), world.bo, "2A")
    assert "social_case" not in Event.objects.get(action="why", person_key=world.bo).fields


def test_without_consent_the_page_is_the_same_whatever_the_other_side_knows(pages, world: World, tmp_path):
    client = pages("bente")
    before = [shown(ask(client, world.bo, group)) for group in ("", "2A", "7", "KORT-2")]
    facts = Fact.objects.count()
    deliver(
        tmp_path / "more",
        "sof-fagsystem",
        {
            "SOF_BORGERE_AENDRING": ["AENDRING;Cpr;Navn;Beskyttet", "O;620281-2222;Berg, Bo;Nej"],
            "SOF_SAGER_AENDRING": [
                "AENDRING;Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket",
                "O;P9;620281-2222;Primær;Driftscenter 1;01-06-2025;31-12-9999",
            ],
        },
        nights_ago=0,
    )
    assert Fact.objects.count() == facts + 1
    assert before == [shown(ask(client, world.bo, group)) for group in ("", "2A", "7", "KORT-2")]
    assert "Lukket for dig" in before[1] and "Bygger på oplysninger, du ikke har adgang til" in before[1]


def test_exists_but_no_access(pages, world: World):
    answer = ask(pages("soeren"), world.bo)
    assert answer.status_code == 403 and "Bo Berg" not in shown(answer)
    assert Event.objects.get(action="why", person_key=world.bo).outcome == "denied"


def test_a_group_that_is_none_is_not_found(pages, world: World):
    assert ask(pages("bente"), world.anna, "9Z").status_code == 404
    assert pages("anna").get("/mig/hvorfor/9Z").status_code == 404


def test_another_day_gives_another_answer_and_access_is_todays(pages, world: World):
    client = pages("bente")
    assert "Borgeren er ikke med i målgruppen den 1. maj 2025" in shown(
        ask(client, world.anna, "2A", "2025-05-01")
    ).replace("\N{NO-BREAK SPACE}", " ")
    assert "Bygger på oplysninger" not in shown(ask(client, world.anna, "2A", "2022-05-01"))


def test_no_date_is_told_and_today_is_shown(pages):
    assert "er ikke en dato" in shown(pages("anna").get("/mig/hvorfor?dato=i-g%C3%A5r"))


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Du er med i gruppen"), ("en", "You are in the group")]
)
def test_the_citizens_own_page_in_both_languages(pages, language, words):
    client = pages("anna")
    client.cookies["django_language"] = language
    page = shown(client.get("/mig/hvorfor/2A"))
    assert words in page and ">2A<" not in page


def line(depth, value="true", group=""):
    return WhyLine(depth, value, f"line {depth}", group=group)


def test_lines_become_a_tree():
    [node] = tree([line(0), line(1), line(2), line(1)])
    assert [len(inner.below) for inner in node.below] == [1, 0]
    assert tree([line(1), line(1)])[1].below == () and tree([]) == ()


def why(key, value, *, missing=0, misses=(), family="model", lines=()):
    history = () if value == "false" else ((value, date(2026, 1, 1), None),)
    return GroupWhy(key, key, family, value, None, "", tuple(lines), tuple(misses), missing, history, ())


def test_a_heading_stands_above_the_list_unless_the_group_is_one_line():
    assert top(why("A", "true", lines=[line(0), line(1)]))[0] == "line 0"
    assert top(why("A", "true", lines=[line(0)]))[0] == ""
    assert top(why("A", "true", lines=[line(0, group="2A"), line(1)]))[0] == ""


def test_groups_are_sorted_by_how_near_they_are():
    found = sort(
        [
            why("IN", "true"),
            why("MAY", "unknown", missing=1, misses=["a"]),
            why("SHUT", "closed"),
            why("TWO", "false", missing=2, misses=["b"]),
            why("ONE", "false", missing=1, misses=["a"]),
            why("SAME", "false", missing=1, misses=["a"]),
            why("FAR", "false", missing=3, misses=["c"]),
            why("NEVER", "false", misses=["d"]),
            why("PAST", "false", missing=1, misses=["e"], family="historical"),
        ],
        date(2026, 11, 22),
    )
    assert [(row.group.key, row.since) for row in found.inside] == [("IN", date(2026, 1, 1))]
    assert [row.group.key for row in found.unsure] == ["MAY"]
    assert [(miss.words, [g.key for g in miss.groups]) for miss in found.near] == [
        ("a", ["ONE", "SAME"]),
        ("b", ["TWO"]),
    ]
    assert [g.key for g in found.closed] == ["SHUT"] and found.also_near == ()
    assert [g.key for g in found.others] == ["FAR", "NEVER", "PAST"]


DRAFT = All((Age(18), Leaf("benefit"), Leaf("social_case", ("primaer",))))


def try_draft(username, person):
    return why_draft(
        criteria=DRAFT,
        label="Udkast",
        person=person,
        by=user(username),
        purpose="sagsbehandling",
        on=date(2026, 1, 1),
        language="da",
    )


def test_a_draft_is_tried_on_a_citizen_and_the_try_is_logged(pages, world: World):
    tried = try_draft("bente", world.anna)
    assert (tried.value, tried.label, [one.value for one in tried.lines]) == ("true", "Udkast", ["true"] * 4)
    line = Event.objects.get(action="why-draft", person_key=world.anna)
    assert {"benefit", "social_case"} <= set(line.fields) and line.ground


def test_a_draft_opens_nothing_that_is_closed(pages, world: World):
    assert [one.value for one in try_draft("bente", world.bo).lines] == ["closed", "true", "true", "closed"]


@pytest.mark.parametrize("username", ["anders", "dorte", "lene"])
def test_who_meets_no_citizen_tries_no_draft_on_one(pages, world: World, username):
    with pytest.raises(NoAccess):
        try_draft(username, world.anna)
    assert Event.objects.get(action="why-draft").outcome == "denied"


def test_a_made_up_citizen_needs_no_access_and_leaves_no_line(pages):
    before = Event.objects.count()
    facts = [
        MadeUpFact("benefit", "ledighedsydelse", "", date(2025, 1, 1), None),
        MadeUpFact("child_case", "BL-32", "", date(2025, 1, 1), None, "child"),
        MadeUpFact("plan", "handleplan", "", date(2025, 1, 1), date(2026, 6, 1), "parent"),
    ]
    criteria = All((Age(18), Leaf("benefit"), AnyChild(Leaf("child_case")), AnyParent(Leaf("plan"))))
    tried = why_made_up(
        criteria=criteria,
        label="Udkast",
        born=date(2000, 1, 1),
        facts=facts,
        by=user("anders"),
        on=date(2026, 1, 1),
        language="da",
    )
    assert tried.value == "true" and Event.objects.count() == before
    assert tried.changes[0].startswith("Den 1. juni 2026")
