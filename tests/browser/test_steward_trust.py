"""The data steward: reads the rules, sees that the log is sealed, verifies it, and finds who looked at one citizen."""

import re

from playwright.sync_api import expect


def test_the_steward_reads_the_rules_verifies_the_log_and_follows_one_citizen(enter):
    page = enter("dorte")
    page.goto("regler")
    expect(page.locator("h1")).to_be_visible()
    main = page.locator("main")
    for ground in ("samtykke", "nødadgang", "fuldmagt"):
        expect(main).to_contain_text(re.compile(ground, re.IGNORECASE))
    page.goto("log/tilstand")
    page.get_by_role("button", name=re.compile("Efterprøv")).first.click()
    expect(main.get_by_text(re.compile("forseglede linjer er hele", re.IGNORECASE)).first).to_be_visible()
    page.goto("log?handling=verify-log")
    expect(page.locator("tbody tr").first).to_contain_text("dorte")
    page.goto("log?handling=list")
    code = page.locator("tbody .hel-code").first
    who = code.inner_text()
    code.click()
    expect(page.locator("tbody .hel-code").first).to_have_text(who)
    assert re.search(r"linje=\d+", page.url) and not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", page.url)
    page.goto("log?handling=see-log")
    expect(page.locator("tbody .hel-code").first).to_have_text(who)
