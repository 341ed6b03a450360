ARG VERSION=1.0 REGISTRY
ARG VARIANT="slim"
FROM alpine:3.22 AS base
RUN apk add --no-cache curl

FROM base AS test
RUN ["sh", "-c", "exit 0"]

FROM base AS docs
RUN echo "v$VERSION" > /docs

FROM scratch AS artifacts
COPY --from=docs /docs /

FROM base
COPY --from=artifacts /docs /usr/share/docs
COPY --from=nginx:alpine /etc/nginx/nginx.conf /etc/nginx/
ARG VERSION
LABEL version=$VERSION
HEALTHCHECK NONE
