#!/bin/sh
# Asks an address every ten seconds and writes what it answers.
while sleep 10; do
  curl --silent --max-time 3 "$TARGET" | jq --raw-output .status
done
