# syntax=docker/dockerfile:1
# The site as an image: nothing in it is written while it runs. How to run it: docs/operating.md.
#
#   docker build -t trupaths .

FROM python:3.11.14-slim-trixie AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# Before the code, so that a change of the code alone installs nothing anew. With all extras: Redis,
# a bucket, a pool and a language model are a matter of settings alone.
COPY requirements-extras.lock ./
RUN pip install --quiet --require-hashes -r requirements-extras.lock
COPY . ./
# A key for this step alone; the one of the site comes from its environment.
RUN SECRET_KEY=build VAR_DIR=/tmp/build STATIC_ROOT=/app/collected \
        python manage.py collectstatic --noinput -v0 \
    && python -m compileall -q -j 0 assistant providers recommendations therapies trupaths manage.py

FROM python:3.11.14-slim-trixie

# pg_dump, pg_restore and psql, for backups of PostgreSQL.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin trupaths \
    && install -d -o trupaths -g trupaths -m 0700 /data

COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/collected \
    VAR_DIR=/data
USER 10001:10001
# Pictures, SQLite where it is used, what processes count together.
VOLUME /data
EXPOSE 8000
# /readyz would take the container away while the database is.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "scripts/healthy.py", "8000"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "manage.py"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--access-log"]
