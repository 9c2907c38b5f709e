"""Word to who was asked on the own page that a question waits there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0005_delayed"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_kind_known",
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("consent-question", "consent-question"),
                    ("question-waits", "question-waits"),
                    ("decision", "decision"),
                    ("moved", "moved"),
                    ("not-moved", "not-moved"),
                    ("delayed", "delayed"),
                    ("returning", "returning"),
                    ("returned", "returned"),
                    ("sanction-hearing", "sanction-hearing"),
                    ("sanction-effected", "sanction-effected"),
                    ("sanction-cancelled", "sanction-cancelled"),
                    ("sanction-reversed", "sanction-reversed"),
                    ("sanction-repaid", "sanction-repaid"),
                    ("complaint-received", "complaint-received"),
                    ("complaint-sent", "complaint-sent"),
                    ("complaint-ended", "complaint-ended"),
                    ("acted-for", "acted-for"),
                    ("entrance-invited", "entrance-invited"),
                    ("entrance-welcome", "entrance-welcome"),
                    ("entrance-ended", "entrance-ended"),
                    ("reorganised", "reorganised"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "consent-question",
                            "question-waits",
                            "decision",
                            "moved",
                            "not-moved",
                            "delayed",
                            "returning",
                            "returned",
                            "sanction-hearing",
                            "sanction-effected",
                            "sanction-cancelled",
                            "sanction-reversed",
                            "sanction-repaid",
                            "complaint-received",
                            "complaint-sent",
                            "complaint-ended",
                            "acted-for",
                            "entrance-invited",
                            "entrance-welcome",
                            "entrance-ended",
                            "reorganised",
                        ),
                    )
                ),
                name="letter_kind_known",
            ),
        ),
    ]
