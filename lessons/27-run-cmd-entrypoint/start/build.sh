#!/bin/sh
# site/ from pages/: each page gets the head that all of them have.
set -eu
mkdir -p site
for page in pages/*.html; do
  cat head.html "$page" >"site/$(basename "$page")"
done
echo "wrote $(ls site | wc -l) pages"
