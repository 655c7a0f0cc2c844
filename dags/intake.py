"""## Intake

Takes in the exports of a council's complaints system and checks them.

**What it does.** `extract` lands every new file of the inbox by its SHA-256, read-only, and turns
it into typed tables; rows that cannot be read are set aside with a reason, and personal columns
are dropped. `validate` asks the expectations of `expectations/`. If something critical does not
hold, the run stops here and **the last good reports stand**.

**When.** Every morning at six, and when an export has arrived. Run it by hand at any time: the same
files twice change nothing.

**When it fails.** The last line of the failed task's log is a sentence for you.

- *extract*: a file was refused: which, what was found and what was expected. Put a corrected file
  in the inbox or remove the wrong one, and clear the task.
- *validate*: the rules that do not hold, how many rows, and what to do. Data Docs are in
  `data_docs/` of the run state. Correct the cases in the complaints system and export again, or
  set the rule's limit under `validation:` in the council's `council.yaml`.
"""

from tasks.airflow_councils import councils
from tasks.airflow_dags import intake_dag

for _council in councils():
    intake_dag(_council, doc=__doc__)
