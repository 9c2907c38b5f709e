"""What the loader refuses, with the file, the line and the sentence it says."""

import re

import pytest

from helhed.law.loading import load
from helhed.rules.errors import CriteriaError

SOUND = """\
sources:
  rapport: {label: {da: Rapport, en: Report}, kind: document, status: stated}
benefits:
  hjaelp: {label: {da: Hjælp, en: Help}, source: rapport s. 1, status: stated}
units:
  sof: {label: {da: SOF, en: SOF}, unit_type: administration, level: municipality, source: rapport, status: stated}
volumes:
  V001:
    label: {da: Tal, en: Figure}
    population: persons
    value: 10
    unit: number
    precision: exact
    as_of: {da: juni, en: June}
    as_of_day: 2022-06-01
    kind: count
    source: rapport
    status: stated
"""
GROUP = """\
groups:
  G:
    label: {{da: G, en: G}}
    family: model
    counts: persons
    source: rapport
    status: stated
    versions:
      - valid_from: 2022-01-01
        source: rapport
        criteria: {}
"""
ENTRY = "label: {da: X, en: X}, source: rapport, status: stated"

REFUSED = {
    "unknown section": ("ydelser: {}", 1, "Ukendt afsnit »ydelser«"),
    "a section that is a list": ("benefits: [a]", 1, "Her skal stå nøgler med værdier."),
    "unknown field": (f"benefits:\n  x: {{{ENTRY}, laww: LAS}}", 2, "Ukendt nøgle »laww«. Mente du »law«?"),
    "missing field": (
        "benefits:\n  x:\n    source: rapport\n    status: stated",
        3,
        "Nøglen »label« mangler.",
    ),
    "missing language": (
        "benefits:\n  x:\n    label: {da: X}\n    source: rapport\n    status: stated",
        3,
        "Nøglen »en« mangler.",
    ),
    "empty word": (
        "benefits:\n  x:\n    label:\n      da: X\n      en:\n    source: rapport\n    status: stated",
        5,
        "Her skal stå en tekst.",
    ),
    "not a day": (
        f"benefits:\n  x: {{{ENTRY}, valid_from: 2025-02-30}}",
        2,
        "2025-02-30 er ikke en dag i kalenderen.",
    ),
    "a day in other words": (
        f"benefits:\n  x: {{{ENTRY}, valid_from: 1/7 2025}}",
        2,
        "Her skal stå en dato som 2022-06-01.",
    ),
    "ends before it begins": (
        f"benefits:\n  x: {{{ENTRY}, valid_from: 2025-07-01, valid_to: 2025-07-01}}",
        2,
        "»x« ophører, før den begynder.",
    ),
    "unknown status": (
        "benefits:\n  x: {label: {da: X, en: X}, source: rapport, status: known}",
        2,
        "Ukendt værdi »known«. Kendte: inferred, stated.",
    ),
    "unknown source": (
        "benefits:\n  x: {label: {da: X, en: X}, source: raport s. 2, status: stated}",
        2,
        "Ukendt nøgle i afsnittet Kilder »raport«. Mente du »rapport«?",
    ),
    "unknown second source": (
        "benefits:\n  x: {label: {da: X, en: X}, source: rapport s. 2; andet, status: stated}",
        2,
        "Ukendt nøgle i afsnittet Kilder »andet«.",
    ),
    "unknown successor": (
        f"benefits:\n  x:\n    successors:\n      - hjaelp\n      - hjaelpp\n    {ENTRY.replace(', s', chr(10) + '    s')}",
        5,
        "Mente du »hjaelp«?",
    ),
    "successor in another section": (
        f"benefits:\n  x: {{{ENTRY}, successors: [sof]}}",
        2,
        "Ukendt nøgle i afsnittet Forsørgelsesydelser »sof«.",
    ),
    "circular successors": (
        f"benefits:\n  x: {{{ENTRY}, successors: [y]}}\n  y: {{{ENTRY}, successors: [x]}}",
        2,
        "Indgange henviser til hinanden i ring: x → y → x.",
    ),
    "its own successor": (
        f"benefits:\n  x: {{{ENTRY}, successors: [x]}}",
        2,
        "Indgange henviser til hinanden i ring: x → x.",
    ),
    "unknown parent": (
        f"benefits:\n  hjelp/ung: {{{ENTRY}}}",
        2,
        "Ukendt overordnet nøgle »hjelp«. Mente du »hjaelp«?",
    ),
    "circular parents": (
        f"units:\n  a: {{{ENTRY}, unit_type: unit, level: state, answers_to: b}}\n"
        f"  b: {{{ENTRY}, unit_type: unit, level: state, answers_to: a}}",
        2,
        "Indgange henviser til hinanden i ring: a → b → a.",
    ),
    "unknown law": (f"benefits:\n  x: {{{ENTRY}, law: LAS}}", 2, "Ukendt nøgle i afsnittet Love »LAS«."),
    "the same key twice in a file": (
        f"benefits:\n  x: {{{ENTRY}}}\n  x: {{{ENTRY}}}",
        3,
        "Nøglen »x« står to gange (første gang i linje 2).",
    ),
    "the same key in two files": (
        f"benefits:\n  hjaelp: {{{ENTRY}}}",
        2,
        "»hjaelp« findes allerede i a.yaml, linje 4.",
    ),
    "a key with æ": (f"benefits:\n  hjælp: {{{ENTRY}}}", 2, "»hjælp« kan ikke være en nøgle."),
    "a number as text": (
        f"responsibilities:\n  x: {{{ENTRY}, number: en, holder_now: sof, follows_case: true, on_transfer: moves,"
        " transferable: true, description: {da: X, en: X}}",
        2,
        "Her skal stå et helt tal.",
    ),
    "not yes or no": (
        f"administrations:\n  x: {{{ENTRY}, short: X, party: ja}}",
        2,
        "Her skal stå true eller false.",
    ),
    "null where something is needed": (
        "benefits:\n  x:\n    label: null\n    source: rapport\n    status: stated",
        3,
        "Her skal stå nøgler med værdier.",
    ),
    "not a duration": (
        f"administrations:\n  sof: {{{ENTRY}, short: SOF, party: true}}\n"
        f"cadences:\n  x: {{{ENTRY}, administration: sof, rule: {{da: X, en: X}}, window: 6 mdr.}}",
        4,
        "»6 mdr.« er ikke en varighed.",
    ),
    "a sum that is wrong": (
        f"volume_checks:\n  x: {{{ENTRY}, left: V001 + 5, left_value: 16, finding: computed}}",
        2,
        "Regnestykket giver 15, men her står 16.",
    ),
    "a difference that is wrong": (
        f"volume_checks:\n  x: {{{ENTRY}, left: V001, left_value: 10, right: '9', right_value: 9, difference: 2,"
        " finding: mismatch}",
        2,
        "Regnestykket giver 1, men her står 2.",
    ),
    "half a comparison": (
        f"volume_checks:\n  x: {{{ENTRY}, left: V001, left_value: 10, right: V001, finding: agrees}}",
        2,
        "En sammenligning skal have både right, right_value og difference.",
    ),
    "a sum of an unknown volume": (
        f"volume_checks:\n  x: {{{ENTRY}, left: V002, left_value: 10, finding: computed}}",
        2,
        "Ukendt tal »V002«. Mente du »V001«?",
    ),
    "not a sum": (
        f"volume_checks:\n  x: {{{ENTRY}, left: V001 plus 2, left_value: 12, finding: computed}}",
        2,
        "»V001 plus 2« er ikke et regnestykke.",
    ),
    "a group naming an unknown code": (
        GROUP.format("{benefit: [hjelp]}"),
        11,
        "Ukendt benefit-kode »hjelp«. Mente du »hjaelp«?",
    ),
    "a group naming an unknown unit": (
        GROUP.format("{social_case: {unit: [soff]}}"),
        11,
        "Ukendt enhed »soff«. Mente du »sof«?",
    ),
    "a group naming an unknown kind": (
        GROUP.format("{ydelse: [hjaelp]}"),
        11,
        "Ukendt type eller nøgle »ydelse«.",
    ),
    "a group naming an unknown group": (GROUP.format("{group: H}"), 11, "Ukendt gruppe »H«."),
    "a group naming itself": (
        GROUP.format("{group: G}"),
        11,
        "Grupperne henviser til hinanden i ring: G → G.",
    ),
    "a version with an unknown source": (
        GROUP.format("{age: {from: 18}}").replace("        source: rapport", "        source: andet"),
        10,
        "Ukendt nøgle i afsnittet Kilder »andet«.",
    ),
    "a version without a source": (
        GROUP.format("{age: {from: 18}}").replace("        source: rapport\n", ""),
        9,
        "Nøglen »source« mangler.",
    ),
    "an unknown field of a group": (
        GROUP.format("{age: {from: 18}}") + "    dom: anbefalet",
        12,
        "Ukendt nøgle »dom«.",
    ),
    "not YAML": ("benefits:\n  x: {label", 2, "Filen kan ikke læses som YAML her"),
}


def refusal(folder) -> CriteriaError:
    with pytest.raises(CriteriaError) as refused:
        load(folder)
    return refused.value


@pytest.mark.parametrize(("text", "line", "sentence"), REFUSED.values(), ids=REFUSED)
def test_refused_with_file_line_and_sentence(tmp_path, text, line, sentence):
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text + "\n", encoding="utf-8")
    error = refusal(tmp_path)
    assert (error.file, error.line) == ("b.yaml", line)
    assert sentence in error.message.da
    assert error.text("da").startswith(f"b.yaml, linje {line}: ")
    assert error.text("en").startswith(f"b.yaml, line {line}: ")


def test_the_sound_part_is_read(tmp_path):
    (tmp_path / "a.yaml").write_text(SOUND + GROUP.format("{age: {from: 18}}"), encoding="utf-8")
    read = load(tmp_path)
    assert list(read.benefits) == ["hjaelp"]
    assert list(read.groups()) == ["G"]


def test_the_hash_is_of_the_content_only(tmp_path):
    """Other files, another order and comments leave it; another word changes it."""
    whole, parts, other = (tmp_path / name for name in ("whole", "parts", "other"))
    for folder in (whole, parts, other):
        folder.mkdir()
    (whole / "a.yaml").write_text(SOUND, encoding="utf-8")
    (other / "a.yaml").write_text(SOUND.replace("Hjælp", "Hjælpen"), encoding="utf-8")
    sections = re.split(r"^(?=\w)", SOUND, flags=re.MULTILINE)[1:]
    for number, section in enumerate(reversed(sections)):
        (parts / f"{number}.yaml").write_text(f"# en bemærkning\n{section}", encoding="utf-8")
    assert len(sections) == 4
    assert load(whole).hash == load(parts).hash != load(other).hash


def test_a_folder_without_files_is_refused(tmp_path):
    assert "Her er ingen YAML-filer." in refusal(tmp_path).message.da


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes("sources: {}\n# æøå\n".encode("cp1252"))
    error = refusal(tmp_path)
    assert (error.file, error.line) == ("a.yaml", 2)
    assert error.message.da == "Filen er ikke gemt som UTF-8."


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("# intet\n", encoding="utf-8")
    assert refusal(tmp_path).message.da == "Her skal stå nøgler med værdier."
