# The environment the tests ran in: the same Python, the same locked libraries, the same code.
FROM python:3.11-slim

# What WeasyPrint draws pages with. The fonts come with the templates.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/*

ENV AIRFLOW_HOME=/tmp/airflow \
    CANDOUR_HOME=/var/lib/candour \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONUNBUFFERED=1

WORKDIR /opt/candour
COPY requirements.lock ./
RUN pip install --no-cache-dir --no-deps --no-build-isolation --require-hashes -r requirements.lock

COPY . .
# Editable: one copy of the code, so that DAGs and tasks can never be of two versions. Compiled here,
# because nothing can be written where it runs.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
 && python -m compileall -q candour tasks dags \
 && useradd --uid 50000 --gid 0 --home-dir /var/lib/candour --no-create-home candour \
 && install --directory --owner 50000 --group 0 --mode 770 /var/lib/candour /var/log/candour

USER 50000:0
VOLUME /var/lib/candour /var/log/candour
CMD ["airflow", "version"]
