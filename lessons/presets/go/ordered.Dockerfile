FROM golang:1.22
WORKDIR /src

# What the dependencies are changes rarely, so it comes first.
COPY go.mod go.sum ./
RUN go mod download

# The source changes all the time, so it comes last; what was compiled
# before is kept beside the image, for the next build.
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -o /bin/tides ./cmd/tides

EXPOSE 8080
CMD ["/bin/tides"]
