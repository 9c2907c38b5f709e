"""The addresses of the workshop."""

from django.urls import path

from helhed.pages.analyst.workshop import approval, compare, drafts, trying, views

urlpatterns = [
    path("vaerksted", drafts.index, name="workshop"),
    path("vaerksted/ny", views.new, name="workshop-new"),
    path("vaerksted/<int:number>", views.one, name="workshop-draft"),
    path("vaerksted/<int:number>/send", drafts.send, name="workshop-send"),
    path("vaerksted/<int:number>/del", drafts.share, name="workshop-share"),
    path("vaerksted/<int:number>/traek-tilbage", drafts.withdraw, name="workshop-withdraw"),
    path("vaerksted/<int:number>/godkend", approval.decide, name="workshop-decide"),
    path("vaerksted/<int:number>/afproev", trying.page, name="workshop-try"),
    path("vaerksted/<int:number>/sammenlign/<int:other>", compare.drafts, name="workshop-compare"),
    path(
        "vaerksted/<int:number>/sammenlign/maalgruppe/<str:key>",
        compare.with_group,
        name="workshop-compare-group",
    ),
]
