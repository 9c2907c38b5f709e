"""The question before a log-in runs out: it comes in time, staying puts the end off, and the last end cannot be put off."""

import re

from playwright.sync_api import expect

MINUTE = 60_000


def test_staying_puts_the_end_off(page, enter):
    page.clock.install()
    enter("anders")
    dialog = page.locator("#session-dialog")
    page.clock.fast_forward(24 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(90_000)
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Bliv på siden")).to_be_focused()
    page.get_by_role("button", name="Bliv på siden").press("Enter")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(24 * MINUTE)
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(90_000)
    expect(dialog).to_be_visible()


def test_the_last_end_is_told_and_not_put_off(page, enter):
    page.clock.install()
    enter("anders")
    page.route("**/analyse", _soon_over)
    page.goto("analyse")
    page.clock.fast_forward(3 * MINUTE)
    expect(page.get_by_text("Du har været logget ind så længe, som det er tilladt.")).to_be_visible()
    expect(page.get_by_role("button", name="Bliv på siden")).to_be_hidden()
    page.get_by_role("button", name="Luk").click()
    expect(page.locator("#session-dialog")).to_be_hidden()


def _soon_over(route) -> None:
    """The page as it stands four minutes before the last end."""
    answer = route.fetch()
    body = re.sub(r'data-session-ends="\d+"', 'data-session-ends="240" data-session-last', answer.text())
    route.fulfill(response=answer, body=body)
