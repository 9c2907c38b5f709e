"""Whatever is sent to any address, by anybody: never an error of ours, never a page that is not one of the designed answers."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.test_who_may import EVERYONE, ROWS, _bad_file
from pages.world import World, sent_draft

NASTY = ["", "0", "-1", "9" * 40, "\x00", "'", '"', "<b>", "%00", "../../etc/passwd", "{{7*7}}", "ÆØÅ\u202e", "null", "[]", "NaN", "2026-02-30", "P999999Y"]  # fmt: skip
KNOWN = ["sagsbehandling", "koordinering", "da", "en", "2A", "2022-06-01", "given", "refused", "1", "on"]
WORDS = st.sampled_from(NASTY + KNOWN) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FIELDS = st.dictionaries(
    st.sampled_from(["tekst", "formaal", "dato", "side", "sorter", "q", "next"]) | WORDS, WORDS, max_size=5
)
OWN = {"/log-af", "/bliv"}


@pytest.fixture
def addresses(pages, world: World) -> list[str]:
    values = {"anna": world.anna, "delivery": world.delivery.pk, "file": _bad_file(world)}
    draft = sent_draft("anders").pk
    return [
        row.path.format_map(Any(values | {"draft": draft})) for row in ROWS.values() if row.path not in OWN
    ]


class Any(dict):
    """Values of a path; what is not known here stands for a thing that is not there."""

    def __missing__(self, key: str) -> str:
        return "00000000-0000-4000-8000-000000000000"


def fields_of(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'name="([^"]+)"', page)]


@pytest.mark.parametrize("username", ["", *sorted(EVERYONE)])
def test_no_errors_of_ours(pages, addresses, username):
    tried(pages, addresses, username, 25)


@pytest.mark.slow
@pytest.mark.parametrize("username", ["", *sorted(EVERYONE)])
def test_no_errors_of_ours_in_many_tries(pages, addresses, username):
    tried(pages, addresses, username, 1500)


def tried(pages, addresses, username: str, times: int) -> None:
    client = pages(username)
    client.raise_request_exception = True

    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def one(data):
        path = data.draw(st.sampled_from(addresses))
        if data.draw(st.booleans()):
            path = re.sub(r"[^/?=]{3,}", lambda part: data.draw(st.sampled_from([part[0], "0", "x"])), path)
        page = client.get(path, data.draw(FIELDS) if data.draw(st.booleans()) else {})
        names = fields_of(page.content.decode(errors="replace")) if not page.streaming else []
        assert page.status_code < 500
        sent = {name: data.draw(WORDS) for name in names[:12]} | data.draw(FIELDS)
        assert client.post(path, sent).status_code < 500

    one()
