# syntax=docker/dockerfile:1
# Siltabotti in a container: packages and fitted matchers are made in the first stage, the second only runs them.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements-run.lock pyproject.toml README.md ./
COPY bot bot
COPY dialogs dialogs
COPY knowledge knowledge
COPY packaging packaging
RUN sh packaging/build.sh /opt/siltabotti

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 siltabotti && install -d -o siltabotti /data
COPY --from=build /opt/siltabotti /opt/siltabotti
ENV PATH=/opt/siltabotti/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SILTA_VAR=/data
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["siltabotti", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["sh", "/opt/siltabotti/packaging/start.sh"]
CMD ["siltabotti", "run"]
