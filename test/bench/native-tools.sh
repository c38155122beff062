#!/bin/sh
# What a skilled person would write to keep photos without Coffer: a copy, a checksum, the EXIF facts and two sizes of
# thumbnails of each photo, on two cores.
#
#   native-tools.sh PHOTOS TARGET AT_ONCE     AT_ONCE: how many photos each call of a tool is given
set -eu
mkdir -p "$2/originals" "$2/facts" "$2/viewer" "$2/grid"
# Each call is one of two, so it needs no threads of its own; measured, this is the faster way.
export TARGET="$2" VIPS_CONCURRENCY=1
find "$1" -type f -name '*.jpg' -print0 | sort -z | xargs -0 -P 2 -n "$3" sh -eu -c '
  cp -p -- "$@" "$TARGET/originals/"
  sha256sum -- "$@" > "$TARGET/facts/$$.sha256"
  exiftool -q -json -n "$@" > "$TARGET/facts/$$.json"
  vipsthumbnail --size 1440 -o "$TARGET/viewer/%s.jpg[Q=80]" "$@"
  vipsthumbnail --size 480 -o "$TARGET/grid/%s.jpg[Q=80]" "$@"
' photos
