"""Files from the command line: every row is told of, and a no is one sentence."""

import pytest

from helhed.commands.deliver import run
from helhed.commands.main import parse
from helhed.commands.refusal import RefusalError
from helhed.membership.models import Recount
from helhed.register.models import Fact
from helhed.rules.errors import RefusedError
from register.sent import BENEFITS, BIF, PEOPLE, write

pytestmark = pytest.mark.django_db
MANY = [f"Y{n};{PEOPLE[0][:10]};Kontanthjælp, aktivitetsparat;0{n}-01-2020;;" for n in range(1, 9)]


def deliver(paths, *options):
    return run(parse(["deliver", BIF, *(str(path) for path in paths), *options]))


def test_files_are_taken_in_counted_and_told_of(tmp_path, capsys):
    deliver(write(tmp_path, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS}))
    assert Fact.objects.count() == 3 and Recount.objects.count() == 1
    told = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert told["BIF_YDELSER_FULD_20220601.csv"] == ["3", "3", "0", "0", "0", "0", "0"]


def test_a_folder_is_its_files(tmp_path):
    write(tmp_path, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": BENEFITS})
    deliver([tmp_path])
    assert Fact.objects.count() == 3


def test_what_would_close_much_is_held_until_it_is_confirmed(tmp_path):
    deliver(write(tmp_path / "1", {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": MANY}))
    short = write(tmp_path / "2", {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": MANY[:2]})
    with pytest.raises(RefusalError, match="add --confirm"):
        deliver(short)
    deliver(short, "--confirm")
    assert Fact.objects.filter(known_to=None).count() == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("BIF_YDELSER_FULD_1.csv", b"", "BIF_YDELSER_FULD_1.csv"),
        ("BIF_YDELSER_FULD_1.csv", b"A;B\r\n1;2\r\n", "BIF_YDELSER_FULD_1.csv"),
        ("letter.txt", b"Dear all", "letter.txt"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusalError, match=sentence) as refusal:
        deliver([path])
    assert "\n" not in str(refusal.value)
    assert not Fact.objects.exists()


def test_an_unknown_source_names_the_nearest():
    with pytest.raises(RefusedError, match="bif-fagsystem"):
        run(parse(["deliver", "bif-fagsytem", "a.csv"]))
