"""## Arrivals

Looks whether a new export lies in the inbox of any council, and if so starts that council's intake.

**What it does.** `look` lists every inbox at once: folders, S3, SFTP and web addresses. A file that
fits the name of an export, is whole and was never announced as it is now updates the asset of that
council's inbox, and `<council>__intake` runs. Nothing is fetched here. Each file is announced once;
a changed one again. Inboxes that are queries are asked by the daily intake only.

**When.** Every five minutes from six to nine in the evening. What comes at night is taken in at
six. Switched off, nothing is lost: intakes still run every morning.

**When it fails.** One inbox that cannot be reached stops no other: it stands in the log of `look`
as a warning, in a sentence, and the council's own intake tells it by mail the next morning. If the
task itself fails, the run-state database could not be reached; the next look makes up for it.
"""

from tasks.airflow_arrivals import arrivals_dag

arrivals_dag(__doc__)
