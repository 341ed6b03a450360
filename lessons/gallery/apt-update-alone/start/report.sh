#!/bin/sh
set -eu
curl --fail --silent "$1/metrics.json" | jq -r '.services[] | "\(.name)\t\(.up)"'
