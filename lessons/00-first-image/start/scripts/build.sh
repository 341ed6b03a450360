#!/bin/sh
# What the service runs, in dist/: src/ without its comment lines, public/ beside it.
set -eu
rm -rf dist
mkdir dist
for file in src/*.js; do
  sed '/^ *\/\//d' "$file" >"dist/$(basename "$file")"
done
cp -r public dist/public
echo "built $(ls dist/*.js | wc -l) files"
