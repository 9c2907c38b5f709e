"""Deliveries on the screen: counts, reasons, rejected rows seen under log, corrected rows handed in, a held one answered."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from helhed.audit.models import Event
from helhed.register.models import Delivery
from pages.world import World


def bad_file(world: World):
    return next(file for file in world.delivery.files.all() if file.rejected)


def test_the_list_shows_what_became_of_the_rows(pages):
    page = pages("dorte").get("/leverancer").content.decode()
    assert page.count("Modtaget") >= 3 and "Beskæftigelses- og Integrationsforvaltningens fagsystem" in page


def test_the_list_is_narrowed_in_the_address(pages):
    client = pages("dorte")
    assert "Ingen leverancer passer" in client.get("/leverancer?tilstand=held").content.decode()
    assert (
        "Beskæftigelses"
        not in client.get("/leverancer?kilde=sof-fagsystem").content.decode().split("<tbody>")[1]
    )


def test_reasons_are_shown_without_anybodys_values(pages, world: World):
    page = pages("dorte").get(f"/leverancer/{world.delivery.pk}").content.decode()
    assert "et navn, kildens beskrivelse ikke kender" in page and "Noget helt andet" not in page


def test_rejected_rows_are_seen_under_log(pages, world: World):
    page = (
        pages("dorte").get(f"/leverancer/{world.delivery.pk}?raekker={bad_file(world).pk}").content.decode()
    )
    assert "Noget helt andet" in page
    assert Event.objects.get(action="see-rejected").actor == "dorte"


def test_rejected_rows_are_fetched_under_log_in_the_sources_own_form(pages, world: World):
    answer = pages("dorte").get(f"/leverancer/fil/{bad_file(world).pk}/afviste.csv")
    assert "Noget helt andet" in answer.content.decode("cp1252") and "cp1252" in answer["Content-Type"]
    assert Event.objects.filter(action="fetch-rejected", actor="dorte").exists()


def test_corrected_rows_are_handed_in_and_wait(pages, world: World, settings, tmp_path):
    settings.DELIVERY_FOLDER = tmp_path
    client = pages("dorte")
    fetched = client.get(f"/leverancer/fil/{bad_file(world).pk}/afviste.csv")
    name = fetched["Content-Disposition"].split('"')[1]
    text = fetched.content.replace(b"Noget helt andet", b"KTH jobparat")
    files = {"kilde": "bif-fagsystem", "filer": SimpleUploadedFile(name, text)}
    page = client.post("/leverancer/ny", files, follow=True).content.decode()
    assert "venter på tur" in page and 'hx-trigger="every 2s"' in page and "Opdatér" in page
    assert Delivery.objects.latest("pk").status == "waiting"


def test_a_file_nobody_knows_is_refused_with_a_sentence(pages, settings, tmp_path):
    settings.DELIVERY_FOLDER = tmp_path
    files = {"kilde": "bif-fagsystem", "filer": SimpleUploadedFile("indkoebsliste.csv", b"mel;sukker\r\n")}
    page = pages("dorte").post("/leverancer/ny", files, follow=True).content.decode()
    assert "indkoebsliste.csv" in page and "alert-error" in page


def test_no_file_no_delivery(pages):
    page = pages("dorte").post("/leverancer/ny", {"kilde": "bif-fagsystem"}).content.decode()
    assert "Vælg en kilde og mindst én fil." in page


def test_the_state_of_an_ended_delivery_reloads_the_page(pages, world: World):
    answer = pages("dorte").get(f"/leverancer/{world.delivery.pk}/tilstand")
    assert answer["HX-Refresh"] == "true" and "hx-trigger" not in answer.content.decode()


def held(world: World) -> Delivery:
    return Delivery.objects.create(
        source=world.delivery.source,
        status="held",
        by="system",
        message_da="Ville lukke 9 af 10.",
        message_en="Would close 9 of 10.",
    )


def test_what_will_happen_is_shown_before_it_happens(pages, world: World):
    waiting = held(world)
    page = pages("dorte").get(f"/leverancer/{waiting.pk}/bekraeft").content.decode()
    assert "Det her vil ske" in page and "Ville lukke 9 af 10." in page
    assert Delivery.objects.get(pk=waiting.pk).status == "held"


def test_a_confirmed_delivery_waits_for_the_worker_and_the_page_follows_it(pages, world: World):
    waiting, client = held(world), pages("dorte")
    Delivery.objects.filter(pk=waiting.pk).update(ended=timezone.now())
    page = client.post(f"/leverancer/{waiting.pk}/bekraeft", follow=True).content.decode()
    row = Delivery.objects.get(pk=waiting.pk)
    assert (row.status, row.confirmed, row.message_da) == ("waiting", True, "")
    assert "Bekræftet" in page and "Venter på tur" in page and 'hx-trigger="every 2s"' in page
    assert "Ville lukke" not in page
    again = client.post(f"/leverancer/{waiting.pk}/bekraeft", follow=True).content.decode()
    assert "venter ikke på svar" in again and Delivery.objects.get(pk=waiting.pk).status == "waiting"


def test_a_held_delivery_is_on_the_front_page_and_can_be_refused(pages, world: World):
    waiting, client = held(world), pages("dorte")
    assert "venter på dit svar" in client.get("/tilsyn").content.decode()
    page = client.post(f"/leverancer/{waiting.pk}/afvis", follow=True).content.decode()
    assert Delivery.objects.get(pk=waiting.pk).status == "refused" and "Afvist af dorte" in page


def test_an_ended_delivery_cannot_be_refused(pages, world: World):
    page = pages("dorte").post(f"/leverancer/{world.delivery.pk}/afvis", follow=True).content.decode()
    assert "venter ikke på svar" in page


def test_an_unknown_delivery_does_not_exist(pages):
    assert pages("dorte").get("/leverancer/987654").status_code == 404
