"""One address that always fails, to see the page it leads to."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path


@login_not_required
def fails(request):
    raise RuntimeError("on purpose")


urlpatterns = [path("i-stykker", fails)]
