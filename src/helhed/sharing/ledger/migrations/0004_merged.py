"""Two persons who are one have one holding: a ground of its own."""

from django.db import migrations, models

GROUNDS = ("lov", "fagsystem", "ressortflyt", "tilbagefoersel", "omorganisering", "sammenlagt")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_privileges")]

    operations = [
        migrations.RemoveConstraint("holding", "holding_ground_known"),
        migrations.AlterField(
            "holding",
            "ground",
            models.CharField(max_length=20, choices=[(ground, ground) for ground in GROUNDS]),
        ),
        migrations.AddConstraint(
            "holding",
            models.CheckConstraint(name="holding_ground_known", condition=models.Q(ground__in=GROUNDS)),
        ),
    ]
