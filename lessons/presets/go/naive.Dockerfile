FROM golang:1.22
WORKDIR /src

# Everything at once: from here on, every edit is a new start.
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/tides ./cmd/tides

EXPOSE 8080
CMD ["/bin/tides"]
