"""Addresses everybody shares: log-in, language, and the pages about helhed."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from helhed.accounts.doors import CITIZEN, STAFF
from helhed.pages import about, confirmations, notices, rules
from helhed.pages.login import cards, keeping, leaving, local, password, provider, visiting

urlpatterns = [
    path("", local.home, name="home"),
    path("log-ind", local.choose, name="login"),
    path("log-ind/medarbejder", local.Door.as_view(door=STAFF), name="login-staff"),
    path("log-ind/borger", local.Door.as_view(door=CITIZEN), name="login-citizen"),
    path("log-ind/medarbejder/videre", provider.start, {"door": STAFF}, name="oidc-start-staff"),
    path("log-ind/borger/videre", provider.start, {"door": CITIZEN}, name="oidc-start-citizen"),
    path("log-ind/medarbejder/svar", provider.answer, {"door": STAFF}, name="oidc-answer-staff"),
    path("log-ind/borger/svar", provider.answer, {"door": CITIZEN}, name="oidc-answer-citizen"),
    path("log-ind/demo", cards.enter_demo, name="login-demo"),
    path("log-af", leaving.leave, name="logout"),
    path("adgangskode", password.password, name="password"),
    path("mine-log-ind", visiting.own, name="visits"),
    path("bliv", keeping.stay, name="stay"),
    path("sprog", login_not_required(set_language), name="set_language"),
    path("advis/<int:notice>/kvitteret", notices.done, name="notice-done"),
    path("bekraeftelser", confirmations.waiting, name="confirmations"),
    path("bekraeftelser/<uuid:item>", confirmations.decide, name="confirmation"),
    path("bekraeftelser/<uuid:item>/papir", confirmations.paper, name="confirmation-paper"),
    path("regler", rules.rules_page, name="rules"),
    path("om", about.about, name="about"),
    path("tilgaengelighed", about.accessibility, name="accessibility"),
    path(".well-known/helhed-keys.json", about.keys, name="public-keys"),
]
