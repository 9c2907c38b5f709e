"""Files for the tests of evaluate and explain: a sound folder, to be spoiled in one place."""

from helhed.commands import evaluate, explain
from helhed.commands.main import parse

FILES = {
    "facts/people.csv": """\
person,birth_date
p1,1990-05-05
p2,2004-02-29
p3,
b1,2015-01-01
""",
    "facts/spells.csv": """\
person,kind,code,unit,start,end
p1,benefit,kontanthjaelp/aktivitetsparat,,2021-01-01,
p1,social_case,primaer,sof/borgercenter-voksne/hjemloeseenheden,2022-01-01,2024-01-01
p2,benefit,kontanthjaelp,,2022-01-01,2022-06-01
b1,child_case,BL-32,sof/borgercenter-boern-og-unge,2022-01-01,2023-01-01
""",
    "facts/relations.csv": """\
parent,child,start,end
p1,b1,2015-01-01,
""",
    "groups.yaml": """\
- key: B
  label: {da: På kontanthjælp, en: On cash benefit}
  versions:
    - valid_from: 2014-01-01
      criteria: {all: [{age: {from: 18}}, {benefit: [kontanthjaelp/aktivitetsparat]}]}
- key: A
  versions:
    - valid_from: 2014-01-01
      criteria:
        any_child: {child_case: {}}
""",
}
RESULT = """\
group,person,value,start,end
A,p1,true,2022-01-01,2023-01-01
B,p1,true,2021-01-01,2025-01-01
B,p2,unknown,2022-03-01,2022-06-01
"""


def write_files(folder):
    """Write the sound files."""
    (folder / "facts").mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)


def evaluated(*more, to="2025-01-01", output="out.csv"):
    """Run evaluate in the folder we are in."""
    line = ["evaluate", "--facts", "facts", "--groups", "groups.yaml", "--from", "2020-01-01", "--to", to]
    evaluate.run(parse([*line, "-o", output, *more]))


def explained(group, person, on, *more):
    """Run explain in the folder we are in."""
    line = ["explain", "--facts", "facts", "--groups", "groups.yaml", "--group", group, "--person", person]
    explain.run(parse([*line, "--on", on, *more]))
