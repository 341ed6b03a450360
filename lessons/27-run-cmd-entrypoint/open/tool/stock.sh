#!/bin/sh
# Prints what is left on the shelves: stock.sh [--format text|csv]
set -eu
format=text
[ "${1:-}" = "--format" ] && format=$2
case $format in
  csv) sed 's/ /,/' shelves.txt ;;
  *) cat shelves.txt ;;
esac
