"""## Retention

Looks once a month through what every council keeps, and tells what outlived its months.

**What it does.** `look` lists what is older than the months under `retention:` in each council's
`council.yaml` and needed by nothing any more: landed exports, the cases read from them, working
papers, mails that never went. Operations are told by mail, once a month. **Nothing is touched**,
except for councils that declare `purge: automatic`: there it goes, and a tombstone of each thing
stays. Released files stay for ever.

**When.** On the first of the month at five. Run it by hand at any time.

**When it fails.** The last lines of the log of `look` say which councils could not be looked
through and why, a sentence each; every other council was. Correct what is named and clear the task.
A purge that was stopped goes on where it was.
"""

from tasks.airflow_retention import retention_dag

retention_dag(__doc__)
