#!/bin/sh
# Makes a small picture of every picture that arrives.
set -eu

: "${IN:=/pictures}" "${OUT:=/thumbs}"

for picture in "$IN"/*.jpg; do
  convert "$picture" -resize 320x320 "$OUT/$(basename "$picture")"
done
