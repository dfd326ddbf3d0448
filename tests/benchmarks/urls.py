"""The product's addresses and ``bare/``: session, user, one insert. Nothing less can save anything."""

import json

from django.http import JsonResponse
from django.urls import path
from django.utils import timezone

from cms_site.urls import urlpatterns as product
from tests.benchmarks.models import BareRow


def bare(request):
    row = BareRow.objects.create(user=request.user, value=json.loads(request.body), received_at=timezone.now())
    return JsonResponse({"id": row.pk})


urlpatterns = [path("bare/", bare), *product]
