"""What a delivery that was held must still be, when a person has confirmed it and when it is taken in at last."""

from helhed.register.models import Delivery
from helhed.register.reasons import refused
from helhed.register.storing import is_whole


def must_be_newest(row: Delivery) -> None:
    """RefusedError where the source has delivered again since the delivery was held."""
    if Delivery.objects.filter(source=row.source_id, status="received", ended__gt=row.ended).exists():
        raise refused(
            "Kilden har leveret igen, efter at denne leverance blev holdt tilbage. Afvis den.",
            "The source has delivered again since this delivery was held. Refuse it.",
        )


def must_stand(row: Delivery) -> None:
    """The same just before it is taken in, and RefusedError where its files are others. One that was never held stands."""
    if not row.confirmed or row.ended is None:
        return
    must_be_newest(row)
    if not all(is_whole(file.path, file.sha256) for file in row.files.all()):
        raise refused(
            "Filerne er ikke længere, som de blev leveret. Intet er ændret. Levér filerne igen.",
            "The files are no longer as they were delivered. Nothing is changed. Deliver the files again.",
        )
