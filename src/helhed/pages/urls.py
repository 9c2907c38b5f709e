"""Addresses everybody shares: log-in, language, and the pages about helhed."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from helhed.pages import about, confirmations, login, notices

urlpatterns = [
    path("", login.home, name="home"),
    path("log-ind", login.Enter.as_view(), name="login"),
    path("log-ind/demo", login.enter_demo, name="login-demo"),
    path("log-af", login.leave, name="logout"),
    path("bliv", login.stay, name="stay"),
    path("sprog", login_not_required(set_language), name="set_language"),
    path("advis/<int:notice>/kvitteret", notices.done, name="notice-done"),
    path("bekraeftelser", confirmations.waiting, name="confirmations"),
    path("bekraeftelser/<uuid:item>", confirmations.decide, name="confirmation"),
    path("bekraeftelser/<uuid:item>/papir", confirmations.paper, name="confirmation-paper"),
    path("om", about.about, name="about"),
    path("tilgaengelighed", about.accessibility, name="accessibility"),
]
