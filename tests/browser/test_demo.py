"""The demo from outside: what its box says is true, it comes up again on the same data, and Ctrl-C stops what it started."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from browser.conftest import free_port, start_demo, stop_demo


def test_the_box_says_as_whom_to_log_in(demo, page):
    page.goto("")
    shown = page.locator("[data-user]").evaluate_all("cards => cards.map(card => card.dataset.user)")
    assert shown and all(user in demo.said for user in shown)


@pytest.mark.parametrize("username", ["bente", "soeren", "kim", "lene", "birgit", "anders", "dorte", "ulla"])
def test_every_card_leads_in(enter, username):
    page = enter(username)
    expect(page).not_to_have_url(re.compile("log-ind"))
    expect(page.locator("h1")).to_be_visible()


def test_the_password_of_the_box_leads_in(demo, page):
    page.goto("log-ind/medarbejder")
    page.fill("#id_username", "anders")
    page.fill("#id_password", demo.password)
    page.press("#id_password", "Enter")
    expect(page).not_to_have_url(re.compile("log-ind"))


def test_a_second_demo_on_the_same_data_begins_with_another_number_of_people_in_vain(demo):
    command = [sys.executable, "-P", "-m", "helhed", "demo", "--people", "1234", "--port", str(free_port())]
    done = subprocess.run(command, env=demo.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "--fresh --people 1234" in done.stderr


def test_a_taken_port_gets_one_sentence(demo):
    port = demo.address.rstrip("/").rsplit(":", 1)[1]
    command = [sys.executable, "-P", "-m", "helhed", "demo", "--port", port]
    done = subprocess.run(command, env=demo.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and f"Port {port} is taken" in done.stderr


def test_fresh_does_not_pull_the_ground_from_under_another(demo):
    command = [sys.executable, "-P", "-m", "helhed", "demo", "--fresh", "--port", str(free_port())]
    done = subprocess.run(command, env=demo.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Another program uses the demo's database" in done.stderr
    assert is_up(demo.address)


def test_a_second_demo_shares_the_data_and_leaves_the_first_alone(demo):
    second = start_demo(demo.environment, "--port", str(free_port()))
    assert "done before" in second.said
    stop_demo(second)
    assert not is_up(second.address)
    assert is_up(demo.address)


def test_a_killed_demo_takes_its_programs_along(demo):
    second = start_demo(demo.environment, "--port", str(free_port()))
    second.process.kill()
    second.process.wait()
    deadline = time.monotonic() + 20
    while is_up(second.address):
        assert time.monotonic() < deadline, "the web server outlived the demo that started it"
        time.sleep(0.2)
    assert is_up(demo.address)


def is_up(address: str) -> bool:
    try:
        return urllib.request.urlopen(address).status == 200
    except urllib.error.URLError:
        return False
