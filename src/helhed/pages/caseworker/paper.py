"""The signed paper: what may be handed in, told by what the file holds and not by its name."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Paper:
    """A scanned or photographed paper, or one sentence about what is wrong with what was handed in."""

    content: bytes = b""
    name: str = ""
    fault: str = ""


def read_paper(file: UploadedFile | None) -> Paper:
    """The file handed in: PDF, JPEG or PNG of at most 10 MB; else a sentence that says what is wrong and what to do."""
    if file is None:
        return Paper(fault=_("Vælg den fil, hvor det underskrevne papir er scannet eller fotograferet."))
    name = (file.name or "")[-LONGEST_NAME:]
    if not file.size:
        return Paper(fault=_("»%(name)s« er tom. Scan papiret igen.") % {"name": name})
    if file.size > MOST_BYTES:
        told = {"name": name, "size": filesizeformat(file.size), "most": filesizeformat(MOST_BYTES)}
        return Paper(
            fault=_(
                "»%(name)s« fylder %(size)s, og det højeste er %(most)s. Scan i sort-hvid, eller tag et mindre foto."
            )
            % told
        )
    content = file.read()
    if not content.startswith(BEGINNINGS):
        return Paper(
            fault=_("»%(name)s« er hverken PDF, JPEG eller PNG. Gem papiret som en af de tre.")
            % {"name": name}
        )
    return Paper(content, name)
