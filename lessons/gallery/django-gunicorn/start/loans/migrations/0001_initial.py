from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("reader", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=400)),
                ("due", models.DateField()),
            ],
        ),
    ]
