"""The addresses of the joint entrances: the list, the reception of a day, the citizens, the set-up, the numbers."""

from django.urls import path

from helhed.pages.entrances import day, houses, people, setup

urlpatterns = [
    path("indgange", houses.index, name="entrances"),
    path("indgange/ny", setup.new, name="entrance-new"),
    path("indgang/<uuid:entrance>", houses.house, name="entrance"),
    path("indgang/<uuid:entrance>/dag", day.day, name="entrance-day"),
    path("indgang/<uuid:entrance>/ankomst", day.arrive, name="entrance-arrive"),
    path("indgang/<uuid:entrance>/borgere", people.index, name="entrance-citizens"),
    path("indgang/<uuid:entrance>/opsaetning", setup.setup, name="entrance-setup"),
    path("indgang/<uuid:entrance>/luk", setup.close, name="entrance-close"),
    path("indgang/<uuid:entrance>/tal", houses.numbers, name="entrance-numbers"),
    path("indgang/besoeg/<uuid:visit>/<slug:act>", day.visit, name="entrance-visit"),
    path("indgang/borger/<uuid:attachment>", people.citizen, name="entrance-citizen"),
    path("indgang/aftale/<int:appointment>/aflys", people.cancel, name="entrance-cancel"),
]
