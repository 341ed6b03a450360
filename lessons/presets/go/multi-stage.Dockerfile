# The Go compiler is needed here only.
FROM golang:1.22 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -o /bin/tides ./cmd/tides

# What runs: one program that needs nothing else, not even a shell.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /bin/tides /tides
EXPOSE 8080
CMD ["/tides"]
