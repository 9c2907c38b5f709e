"""The addresses of oversight: the leader's second look and samples, the steward's newcomers, samples and watched."""

from django.urls import path

from helhed.pages.oversight import newcomers, samples, second_looks, watched

urlpatterns = [
    path("andet-blik", second_looks.index, name="second-looks"),
    path("andet-blik/<uuid:emergency>", second_looks.judge, name="second-look"),
    path("nye-borgere", newcomers.index, name="newcomers"),
    path("nye-borgere/<uuid:person>", newcomers.review, name="newcomer"),
    path("stikproever", samples.index, name="samples"),
    path("stikproever/udtraek", samples.draw, name="samples-draw"),
    path("stikproever/<int:number>", samples.one, name="sample"),
    path("stikproever/<int:number>/opslag/<int:look>", samples.judge, name="sample-judge"),
    path("stikproever/<int:number>/arkiver", samples.file, name="sample-file"),
    path("overvaagede", watched.index, name="watched"),
    path("overvaagede/<uuid:watch>/fjern", watched.end, name="watched-end"),
]
