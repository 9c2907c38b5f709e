"""How long sealing takes, and verifying what was sealed, in the database that is configured."""

import time
from typing import Any

from django.db import connection

from helhed.audit.keys import signing_key
from helhed.audit.sealing import seal
from helhed.audit.verifying import verify

WRITE = """
INSERT INTO audit_event (actor, actor_role, actor_unit, action, person_key, object, purpose, ground, fields, outcome,
    decision, request_id)
SELECT 'bench' || mod(number, 500), 'caseworker', 'bif/jobcenter-koebenhavn/gammel-koege-landevej', 'look', gen_random_uuid(),
    'page', 'sagsbehandling', 'egen-sag', '{benefit,employment_case,identity}', 'allowed', gen_random_uuid(),
    gen_random_uuid()::text
FROM generate_series(1, %s) AS number"""


def sealing(lines: int) -> dict[str, Any]:
    """Write so many lines as looks are written, seal them, verify all. Answers the seconds of each and lines a second."""
    seal()
    with connection.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(WRITE, [lines])
        written = time.perf_counter() - started
    started = time.perf_counter()
    head = seal()
    sealed = time.perf_counter() - started
    started = time.perf_counter()
    findings = [
        found for portion in verify([], signing_key("log").public_key()) for found in portion.findings
    ]
    verified = time.perf_counter() - started
    return {
        "lines": lines,
        "size": head.size,
        "write_seconds": written,
        "seal_seconds": sealed,
        "verify_seconds": verified,
        "sealed_per_second": lines / sealed,
        "findings": len(findings),
    }
