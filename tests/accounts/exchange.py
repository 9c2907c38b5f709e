"""The reader's part of a log-in: from helhed's form, through the provider's pages, back to helhed."""

import base64
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from django.test import Client

from pages.world import ANNA

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/loa/Substantial"
CVR = "64942212"
CLAIMS = ["name", "loa", "cpr", "privileges"]


def bpp(role: str, unit: str = "", clearance: str = "", cvr: str = CVR) -> str:
    """An OIO Basic Privilege Profile with one role, in base64."""
    limits = {"orgenhed/1": unit, "foelsomhed/1": clearance}
    constraints = "".join(
        f'<Constraint Name="http://sts.kombit.dk/constraints/{name}">{value}</Constraint>'
        for name, value in limits.items()
        if value
    )
    text = (
        '<bpp:PrivilegeList xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">'
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{cvr}">'
        f"<Privilege>urn:dk:helhed:{role}:1</Privilege>{constraints}</PrivilegeGroup></bpp:PrivilegeList>"
    )
    return base64.b64encode(text.encode()).decode()


ACCOUNTS = {
    "staff": {
        "uuid-bente": {"name": "Bente Holm", "loa": SUBSTANTIAL},
        "uuid-low": {"name": "Bente Holm", "loa": SUBSTANTIAL.replace("Substantial", "Low")},
        "uuid-none": {"name": "Bente Holm"},
        "uuid-nobody": {"name": "Ny Ansat", "loa": "Substantial"},
        "uuid-rights": {
            "name": "Rikke Ret",
            "loa": "High",
            "privileges": bpp("sagsbehandler", "sof/driftscenter-1", "2"),
        },
        "uuid-foreign": {"name": "Fremmed", "loa": "High", "privileges": bpp("analytiker", cvr="11111111")},
        "uuid-no-unit": {
            "name": "Uden Enhed",
            "loa": "High",
            "privileges": bpp("sagsbehandler", "sof/findes-ikke"),
        },
        "uuid-cpr": {"name": "Anna Åkær", "loa": "High", "cpr": ANNA},
    },
    "citizen": {
        "uuid-anna": {"name": "Anna Åkær", "loa": SUBSTANTIAL, "cpr": ANNA},
        "uuid-stranger": {"name": "Fremmed", "loa": SUBSTANTIAL, "cpr": "0101809999"},
        "uuid-low": {"name": "Anna Åkær", "loa": "Low", "cpr": ANNA},
        "uuid-rights": {
            "name": "Anna Åkær",
            "loa": SUBSTANTIAL,
            "privileges": bpp("sagsbehandler", "sof/driftscenter-1", "3"),
        },
    },
}


@dataclass(frozen=True)
class Provider:
    """A provider as helhed knows it."""

    door: str
    path: str
    issuer: str
    client: str
    secret: str

    @property
    def settings(self) -> dict[str, str]:
        claims = {"level_claim": "loa", "number_claim": "cpr", "privileges_claim": "privileges"}
        own = {"door": self.door, "issuer": self.issuer, "client": self.client, "secret": self.secret}
        return own | claims

    @property
    def start(self) -> str:
        return f"/log-ind/{self.path}/videre"


def sent_back(client: Client, provider: Provider, sub: str, **form: str) -> str:
    """Log in at the provider; answers the address it sends the reader back to."""
    answer = client.post(provider.start, form)
    assert answer.status_code == 302, answer.content.decode()
    return through(answer["Location"], sub)


def through(address: str, sub: str) -> str:
    """Click through the provider's pages until it leads out again."""
    with httpx.Client() as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = answer.headers["location"]
                if urlsplit(target).netloc == "testserver":
                    return target
                answer = browser.get(httpx.URL(answer.url).join(target))
            else:
                form = re.search(r'action="([^"]+)"', answer.text)[1]
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)[1]
                fields = {"prompt": prompt, "login": sub, "password": "x"}
                answer = browser.post(httpx.URL(answer.url).join(form), data=fields)
    raise AssertionError("the provider leads nowhere")


def log_in(client: Client, provider: Provider, sub: str, **form: str):
    """The whole way; answers what helhed says at the end, without following it further."""
    return client.get(sent_back(client, provider, sub, **form))
