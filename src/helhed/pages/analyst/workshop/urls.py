"""The addresses of the workshop."""

from django.urls import path

from helhed.pages.analyst.workshop import approval, compare, drafts, trying, views

urlpatterns = [
    path("", drafts.index, name="workshop"),
    path("/ny", views.new, name="workshop-new"),
    path("/<int:number>", views.one, name="workshop-draft"),
    path("/<int:number>/send", drafts.send, name="workshop-send"),
    path("/<int:number>/del", drafts.share, name="workshop-share"),
    path("/<int:number>/traek-tilbage", drafts.withdraw, name="workshop-withdraw"),
    path("/<int:number>/godkend", approval.decide, name="workshop-decide"),
    path("/<int:number>/afproev", trying.page, name="workshop-try"),
    path("/<int:number>/sammenlign/<int:other>", compare.drafts, name="workshop-compare"),
    path("/<int:number>/sammenlign/maalgruppe/<str:key>", compare.with_group, name="workshop-compare-group"),
]
