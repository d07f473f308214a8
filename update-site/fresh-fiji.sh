#!/bin/sh
# Downloads Fiji-Latest without a Java into the new folder OUT, updates it, and prints its folder: update-site/fresh-fiji.sh OUT
set -eu

fail() {
    echo "fresh-fiji: $*" >&2
    exit 1
}

[ $# = 1 ] || fail "usage: update-site/fresh-fiji.sh OUT"
. "$(dirname "$0")/fiji.sh"
mkdir "$1"
curl -fsSL --retry 3 -o "$1/fiji.zip" https://downloads.imagej.net/fiji/latest/fiji-latest-portable-nojava.zip
unzip -q "$1/fiji.zip" -d "$1"
updaters=$(cd "$1" && find "$PWD" -path '*/jars/imagej-updater-*.jar')
[ "$(echo "$updaters" | grep -c .)" = 1 ] || fail "there is not one Fiji with an updater in the download: $updaters"
fiji=${updaters%/jars/*}
updater "$fiji" update >&2
echo "$fiji"
