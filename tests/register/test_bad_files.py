"""A file that is not as it should be: the right outcome, one clear sentence in each language, and nothing half-done."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.register import deliveries, questions, reasons
from helhed.register.actions import confirm, enqueue, fetch_rejected, receive, refuse
from helhed.register.models import Delivery, Fact, Person, RejectedRow
from helhed.register.worker import work_once
from helhed.rules.errors import RefusedError
from register.sent import ANNA, BENEFITS, BIF, BO, CARL, HEADERS, PEOPLE, SOF, dashed, text, write

pytestmark = pytest.mark.django_db
NAME = "BIF_YDELSER_FULD_20220601.csv"


@pytest.fixture
def send(deliver, tmp_path):
    """Deliver one file of benefits with these bytes."""

    def call(content: bytes, name: str = NAME, source: str = BIF):
        path = tmp_path / name
        path.write_bytes(content)
        return deliver(source, [path])

    return call


def whole(rows=BENEFITS) -> str:
    return text("BIF_YDELSER", rows)


def refused(delivery, *words: str) -> None:
    """The delivery was refused, with one sentence a language that has these words, and the register is as it was."""
    assert delivery.status == "refused"
    for message in (delivery.message_da, delivery.message_en):
        assert message.endswith(".") and "Traceback" not in message
        assert all(word in message for word in words), message
    assert Fact.objects.filter(known_to=None).count() == 3
    assert not RejectedRow.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["tom"]),
        (whole().encode("utf-8"), ["cp1252", "2"]),
        (whole().encode("utf-8-sig"), ["cp1252", "1"]),
        (whole().encode("utf-16"), ["cp1252"]),
        (whole().replace("jobparat", "jøbparat").encode("cp850"), ["cp1252", "2"]),
        (whole().encode("utf-8").decode("cp1252").encode("utf-8"), ["cp1252"]),
        (b"\x81".join(whole().encode("cp1252").split(b"jobparat")), ["cp1252", "3"]),
        (whole().replace("YDELSE;", "YDELSESTYPE;").encode("cp1252"), ["YDELSE", "YDELSESTYPE"]),
        (whole().replace("TIL_DATO", "FRA_DATO").encode("cp1252"), ["TIL_DATO"]),
        (whole().replace(";MAANEDS", ";YDELSE;MAANEDS").encode("cp1252"), ["YDELSE"]),
        (whole().replace(";", ",").encode("cp1252"), ["komma", "semikolon"]),
        (whole().encode("cp1252")[:-20], ["4"]),
        (whole().encode("cp1252")[:-2], ["4"]),
        (whole().replace("\r\n", "\r").encode("cp1252"), ["Overskriften"]),
        (b"PK\x03\x04" + bytes(200), ["regneark"]),
        (whole().replace("KTH", "\0KTH").encode("cp1252"), ["3"]),
    ],
    ids=[
        "empty",
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "dos letters",
        "encoded twice",
        "no such letter",
        "missing column",
        "two missing columns",
        "column twice",
        "wrong delimiter",
        "cut in a line",
        "cut before the line end",
        "old line ends",
        "spreadsheet",
        "zero byte",
    ],
)
def test_a_file_that_cannot_be_read(bif, send, content, words):
    delivery = send(content)
    assert NAME in delivery.message_da and NAME in delivery.message_en
    assert all(word in delivery.message_da for word in words), delivery.message_da
    refused(delivery)


def test_a_cut_file_stops_the_others_of_its_delivery(bif, deliver, tmp_path):
    paths = write(tmp_path, {"BIF_PERSONER": [*PEOPLE, f"{CARL};Carl;Ny;N"], "BIF_YDELSER": BENEFITS[:1]})
    paths[1].write_bytes(paths[1].read_bytes()[:-5])
    refused(deliver(BIF, paths))
    assert Person.objects.count() == 3


def test_a_file_of_another_name_or_two_of_a_kind(bif, send, deliver, tmp_path):
    refused(send(whole().encode("cp1252"), "liste.csv"), "liste.csv", "BIF_YDELSER_FULD_*.csv")
    paths = [tmp_path / "BIF_YDELSER_FULD_1.csv", tmp_path / "BIF_YDELSER_FULD_2.csv"]
    for path in paths:
        path.write_bytes(whole().encode("cp1252"))
    refused(deliver(BIF, paths), "BIF_YDELSER_FULD_1.csv", "BIF_YDELSER_FULD_2.csv")
    refused(deliver(BIF, []))


def test_a_source_or_folder_that_is_not_there(tmp_path):
    with pytest.raises(RefusedError, match='Did you mean "bif-fagsystem"'):
        receive(by=SYSTEM, source="bif-fagsystm", folder=tmp_path)
    with pytest.raises(RefusedError, match="has no files"):
        receive(by=SYSTEM, source=BIF, folder=tmp_path)
    with pytest.raises(RefusedError, match="cannot be read"):
        receive(by=SYSTEM, source=BIF, paths=[tmp_path / NAME])
    (tmp_path / NAME).touch()
    with pytest.raises(RefusedError, match="chosen twice"):
        receive(by=SYSTEM, source=BIF, paths=[tmp_path / NAME, tmp_path / NAME])


def test_columns_without_a_name_are_passed_over(bif, send):
    lines = text("BIF_YDELSER", BENEFITS).split("\r\n")[:-1]
    delivery = send("".join(f"{line};;\r\n" for line in lines).encode("cp1252"))
    assert delivery.files.get().unchanged == 3 and delivery.files.get().note_da == ""


fields = st.one_of(
    st.sampled_from(
        [ANNA, BO, "Y1", "Y2", "Sygedagpenge", "01-02-2020", "31-12-2020", "9000", "12,50", "", '"', " "]
    ),
    st.text("ab;\"'\\ æø\t§-0123456789\u00a0", max_size=12),
)
lines = st.one_of(st.lists(fields, min_size=4, max_size=8).map(";".join), st.text(max_size=20))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines, max_size=8), st.binary(max_size=20), st.integers(0, 3))
def test_no_file_breaks_the_program(tmp_path, rows, junk, place):
    content = [line.encode("cp1252", "ignore") for line in (HEADERS["BIF_YDELSER"], *rows)]
    content.insert(place, junk)
    path = tmp_path / NAME
    path.write_bytes(b"\r\n".join(content[place > 2 :]) + b"\r\n")
    with transaction.atomic():
        write(tmp_path, {"BIF_PERSONER": PEOPLE})
        delivery = receive(by=SYSTEM, source=BIF, folder=tmp_path)
        assert delivery.status in ("received", "refused") and delivery.message_da and delivery.message_en
        for file in delivery.files.filter(delivery__status="received"):
            lines = {row.line: row.raw for row in file.rejected_rows.all()}
            assert len(lines) == file.rejected and not any("\n" in raw for raw in lines.values())
            assert Fact.objects.filter(file=file).count() == (file.new if file.name == NAME else 0)
        transaction.set_rollback(True)


def test_a_file_with_only_its_header(bif, deliver):
    assert deliver(BIF, {"BIF_YDELSER": []}).status == "held"
    delta = deliver(BIF, {"BIF_YDELSER_AENDRING": []})
    assert delta.status == "received" and delta.files.get().read == 0


def test_a_column_nobody_reads_is_said(bif, send):
    rows = [f"{row};x" for row in text("BIF_YDELSER", BENEFITS).split("\r\n")[1:-1]]
    header = HEADERS["BIF_YDELSER"].replace("YDELSE_ID", "ydelse_id") + ";KLADDE"
    delivery = send("\r\n".join([header, *rows, ""]).encode("cp1252"))
    file = delivery.files.get()
    assert delivery.status == "received" and file.unchanged == 3
    assert "KLADDE" in file.note_da and "KLADDE" in file.note_en


def test_a_file_that_would_close_too_much_waits_for_a_person(bif, deliver):
    held = deliver(BIF, {"BIF_YDELSER": BENEFITS[:1]})
    assert held.status == "held" and Fact.objects.filter(known_to=None).count() == 3
    assert held.message_da.startswith(f"{NAME} ville lukke 2 af 3 åbne oplysninger (67 %).")
    assert held.message_en.startswith(f"{NAME} would close 2 of 3 open facts (67%).")
    assert (held.files.get().read, held.files.get().unchanged, held.files.get().closed) == (1, 1, 2)
    assert confirm(by=SYSTEM, delivery=held).status == "waiting"
    done = work_once()
    assert (
        done.pk == held.pk and done.status == "received" and Fact.objects.filter(known_to=None).count() == 1
    )
    assert (done.files.get().read, done.files.get().closed) == (1, 2)
    assert Event.objects.filter(action="confirm").count() == 1


def test_a_held_delivery_can_be_refused_but_not_twice(bif, deliver):
    held = deliver(BIF, {"BIF_YDELSER": []})
    assert refuse(by=SYSTEM, delivery=held).status == "refused"
    assert Fact.objects.filter(known_to=None).count() == 3
    for verb in (refuse, confirm):
        with pytest.raises(RefusedError, match="does not wait"):
            verb(by=SYSTEM, delivery=held)


def test_a_held_delivery_that_is_overtaken_or_altered_cannot_be_confirmed(bif, deliver, delivery_folder):
    held = deliver(BIF, {"BIF_YDELSER": []})
    (delivery_folder / held.files.get().path).write_bytes(b"x")
    confirm(by=SYSTEM, delivery=held)
    done = work_once()
    assert done.status == "refused" and "no longer as they were" in done.message_en
    assert Fact.objects.filter(known_to=None).count() == 3
    held = deliver(BIF, {"BIF_YDELSER": []})
    deliver(BIF, {"BIF_YDELSER": BENEFITS})
    with pytest.raises(RefusedError, match="delivered again"):
        confirm(by=SYSTEM, delivery=held)


def test_a_confirmed_delivery_that_is_overtaken_while_it_waits_is_refused(bif, deliver):
    held = deliver(BIF, {"BIF_YDELSER": []})
    confirm(by=SYSTEM, delivery=held)
    deliver(BIF, {"BIF_YDELSER": BENEFITS})
    done = work_once()
    assert (done.pk, done.status) == (held.pk, "refused") and "delivered again" in done.message_en
    assert Fact.objects.filter(known_to=None).count() == 3


def test_a_program_killed_while_it_takes_in_a_confirmed_delivery_leaves_it_waiting_and_confirmed(
    bif, deliver
):
    held = deliver(BIF, {"BIF_YDELSER": BENEFITS[:1]})
    confirm(by=SYSTEM, delivery=held)
    Delivery.objects.filter(pk=held.pk).update(status="running")  # as the killed one left it
    done = work_once()
    assert (done.status, done.killed, done.confirmed) == ("received", 1, True)
    assert Fact.objects.filter(known_to=None).count() == 1


BAD = {
    "Y10;1234567890;Sygedagpenge;01-01-2022;;": ("CPRNR", reasons.NUMBER, "1234567890"),
    "Y11;123;Sygedagpenge;01-01-2022;;": ("CPRNR", reasons.NUMBER, "123"),
    "Y23;;Sygedagpenge;01-01-2022;;": ("CPRNR", reasons.EMPTY, ""),
    f"Y12;{CARL};Sygedagpenge;01-01-2022;;": ("CPRNR", reasons.PERSON, CARL),
    f"Y13;{ANNA};Sygedagpange;01-01-2022;;": ("YDELSE", reasons.CODE, "Sygedagpange"),
    f"Y14;{ANNA};;01-01-2022;;": ("YDELSE", reasons.EMPTY, ""),
    f"Y15;{ANNA};Sygedagpenge;;;": ("FRA_DATO", reasons.EMPTY, ""),
    f"Y16;{ANNA};Sygedagpenge;31-02-2022;;": ("FRA_DATO", reasons.DATE, "31-02-2022"),
    f"Y17;{ANNA};Sygedagpenge;2022-01-01;;": ("FRA_DATO", reasons.DATE, "2022-01-01"),
    f"Y18;{ANNA};Sygedagpenge;02-01-2022;01-01-2022;": ("TIL_DATO", reasons.ORDER, "01-01-2022"),
    f"Y19;{ANNA};Sygedagpenge;01-01-2022;;12,345": ("MAANEDSBELOEB", reasons.AMOUNT, "12,345"),
    f"Y20;{ANNA};Sygedagpenge;01-01-2022;;-5": ("MAANEDSBELOEB", reasons.AMOUNT, "-5"),
    f";{ANNA};Sygedagpenge;01-01-2022;;": ("YDELSE_ID", reasons.EMPTY_KEY, ""),
    f"Y1;{ANNA};Sygedagpenge;01-01-2022;;": ("YDELSE_ID", reasons.KEY_TWICE, "Y1"),
    f"{'Y' * 81};{ANNA};Sygedagpenge;01-01-2022;;": ("YDELSE_ID", reasons.LONG, "Y" * 81),
    f"Y21;{ANNA};Sygedagpenge;01-01-2022": ("", reasons.FIELDS, f"Y21;{ANNA};Sygedagpenge;01-01-2022"),
    f'Y22;{ANNA};"Sygedagpenge;01-01-2022;;': ("", reasons.FIELDS, f'Y22;{ANNA};"Sygedagpenge;01-01-2022;;'),
}


@pytest.mark.parametrize(
    "row", BAD, ids=[f"{column or 'row'} {reason}" for column, reason, _ in BAD.values()]
)
def test_a_bad_row_is_kept_aside_and_the_rest_goes_in(deliver, row):
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": [*BENEFITS[:2], row, BENEFITS[2]]})
    file = delivery.files.get(table__name="BIF_YDELSER")
    assert delivery.status == "received" and (file.read, file.new, file.rejected) == (4, 3, 1)
    (fault,) = file.rejected_rows.all()
    assert (fault.line, fault.column, fault.reason, fault.value, fault.raw) == (4, *BAD[row], row)
    assert "1 afviste" in delivery.message_da and "1 rejected" in delivery.message_en


def test_an_unknown_name_is_answered_with_the_nearest_known(deliver):
    deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": [f"Y1;{ANNA};Sygedagpange;01-01-2022;;"]})
    fault = RejectedRow.objects.get()
    assert fault.hint == "Sygedagpenge"
    for language, words in (
        ("da", "nærmeste kendte navn: Sygedagpenge"),
        ("en", "nearest known name: Sygedagpenge"),
    ):
        assert words in reasons.sentence(fault.reason, fault.column, fault.value, fault.hint, language)


def test_every_fault_of_a_row_is_said_and_the_row_is_counted_once(deliver):
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": ["Y1;123;Nix;32-01-2022;;x"]})
    file = delivery.files.get(table__name="BIF_YDELSER")
    assert file.rejected == 1 and file.rejected_rows.count() == 4
    listed = deliveries.faults_of(file, "da")
    assert {fault.column for fault in listed} == {"CPRNR", "YDELSE", "FRA_DATO", "MAANEDSBELOEB"}
    assert all("123" not in fault.text and fault.rows == 1 and fault.first_line == 2 for fault in listed)


def test_one_per_cent_bad_numbers(deliver):
    rows = [f"Y{i};{ANNA if i % 100 else '9999999999'};Sygedagpenge;01-01-2022;;" for i in range(1000)]
    delivery = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": rows})
    file = delivery.files.get(table__name="BIF_YDELSER")
    assert (file.read, file.new, file.rejected) == (1000, 990, 10)
    assert delivery.message_da == "1.003 rækker læst: 993 nye, 0 ændrede, 0 lukkede, 10 afviste."


def test_rejected_rows_come_back_corrected(deliver, send):
    rows = [BENEFITS[0], f"Y4;{BO};Sygedagpange;01-01-2022;;", f"Y5;{BO};Sygedagpenge;01-01-2022;31-12-2021;"]
    first = deliver(BIF, {"BIF_PERSONER": PEOPLE, "BIF_YDELSER": rows})
    file = first.files.get(table__name="BIF_YDELSER")
    fetched = fetch_rejected(by=SYSTEM, file=file).decode("cp1252")
    lines = fetched.split("\r\n")
    assert lines[0] == HEADERS["BIF_YDELSER"] + ";AARSAG_TIL_AFVISNING" and len(lines) == 4
    assert lines[1].startswith(f'{rows[1]};"YDELSE: navnet »Sygedagpange« er ukendt')
    corrected = fetched.replace("Sygedagpange", "Sygedagpenge").replace("31-12-2021", "31-12-2022")
    again = send(corrected.encode("cp1252"), deliveries.rejected_name(file))
    assert (
        again.status == "received" and again.files.get().new == 2 and again.files.get().mode == "correction"
    )
    assert Fact.objects.filter(known_to=None).count() == 3
    assert Event.objects.filter(action="fetch-rejected").count() == 1


def test_rejected_rows_of_a_delta_come_back_as_a_delta(bif, deliver, send):
    first = deliver(BIF, {"BIF_YDELSER_AENDRING": ["S;Y1;;;;;", f"O;Y4;{BO};Nix;01-01-2022;;"]})
    file = first.files.get()
    fetched = fetch_rejected(by=SYSTEM, file=file).decode("cp1252")
    assert fetched.startswith("AENDRING;") and fetched.count("\r\n") == 2
    again = send(fetched.replace("Nix", "Sygedagpenge").encode("cp1252"), deliveries.rejected_name(file))
    assert (again.files.get().read, again.files.get().new) == (1, 1)


def test_relations_of_a_person_to_himself_or_a_stranger(deliver):
    people = [f"{dashed(ANNA)};Åkær, Anna;Nej"]
    rows = [f"R1;{dashed(ANNA)};{ANNA};01-01-2020;", f"R2;{ANNA};{dashed(CARL)};01-01-2020;"]
    delivery = deliver(SOF, {"SOF_BORGERE": people, "SOF_FAMILIE": rows})
    reasons_found = list(RejectedRow.objects.order_by("line").values_list("column", "reason"))
    assert reasons_found == [("BarnCpr", reasons.ITSELF), ("BarnCpr", reasons.PERSON)]
    assert delivery.status == "received"


def test_a_person_without_a_number_has_one_fault(deliver):
    deliver(BIF, {"BIF_PERSONER": [";Anna;Åkær;N"]})
    assert list(RejectedRow.objects.values_list("column", "reason")) == [("CPRNR", reasons.EMPTY_KEY)]


def test_protection_is_said_in_the_words_of_the_source(deliver):
    delivery = deliver(BIF, {"BIF_PERSONER": [f"{ANNA};Anna;Åkær;Måske"]})
    fault = RejectedRow.objects.get()
    assert (fault.column, fault.hint, delivery.files.get().rejected) == ("ADRESSEBESKYTTELSE", "J N", 1)


def test_the_demo_takes_no_real_people(deliver, settings):
    settings.DEMO = True
    delivery = deliver(BIF, {"BIF_PERSONER": [PEOPLE[0], "0101801111;Anna;And;N"]})
    assert delivery.status == "refused" and "linje 3" in delivery.message_da
    assert "0101801111" not in delivery.message_da + delivery.message_en and not Person.objects.exists()


def test_every_reason_has_a_sentence_in_both_languages():
    for reason in reasons.REASONS:
        for language in ("da", "en"):
            said = reasons.sentence(reason, "KOLONNE", "værdi", "forslag", language)
            assert said.startswith("KOLONNE: ") and said.endswith(".") and "{" not in said
            assert reasons.summary(reason, "KOLONNE", language).startswith("KOLONNE: ")
            assert reasons.summary(reason, "", language)[0].isupper()


def test_upload_of_a_wrong_name_is_refused_at_once():
    delivery = enqueue(by=SYSTEM, source=BIF, files={"liste.csv": None})
    assert delivery.status == "refused" and questions.number_of_people() == 0
