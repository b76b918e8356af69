# The gate alone: wheels from the lock, no compiler, no shell needed, no root, a read-only root.
#   docker build -t gatekeeper .
#   docker run --read-only --tmpfs /tmp -v gatekeeper:/data -p 8080:8080 gatekeeper

FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/gatekeeper \
 && python -m venv /opt/backend
COPY .ci/requirements.txt .ci/requirements-dev.txt .ci/
RUN /opt/gatekeeper/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
      -r .ci/requirements.txt
# The build backend comes from the same lock, and stays behind in this stage.
RUN /opt/backend/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
      -r .ci/requirements-dev.txt
COPY pyproject.toml README.md ./
COPY gatekeeper gatekeeper
COPY policies policies
COPY models models
RUN /opt/backend/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/gatekeeper/bin/pip install --no-cache-dir --no-index --no-deps /dist/*.whl \
 && /opt/gatekeeper/bin/pip uninstall --yes --quiet pip

FROM python:3.13-slim
COPY --from=build /opt/gatekeeper /opt/gatekeeper
RUN install --directory --owner 10001 --group 10001 --mode 0700 /data
ENV PATH=/opt/gatekeeper/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GATEKEEPER_DATA=/data \
    GATEKEEPER_LISTEN=0.0.0.0:8080 \
    GATEKEEPER_OPS_LISTEN=0.0.0.0:8081
USER 10001:10001
VOLUME /data
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8081/readyz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["gatekeeper"]
CMD ["serve"]
