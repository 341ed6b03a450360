#!/bin/sh
# Forgets thumbnails that nobody has asked for in thirty days.
find "${OUT:=/thumbs}" -name '*.jpg' -atime +30 -delete
