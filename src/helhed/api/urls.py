"""The addresses of the API. Its own log-in check answers 401 instead of sending a program to the log-in page."""

from django.contrib.auth.decorators import login_not_required

from helhed.api.views import api

urlpatterns, _app, _namespace = api.urls
for pattern in urlpatterns:
    login_not_required(pattern.callback)
