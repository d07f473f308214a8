#!/bin/sh
# Tries the update site with a real updater: update-site/roundtrip.sh FIJI [TREE]
# A copy of that Fiji, which must not have VasoMIM, adds a site of TREE, which is staged if it is not named, updates, and segments an angiogram
# headless; a newer version updates it; without the site it is as before. All sites are folders, Fiji's own files included,
# so that no network is used and nothing else changes.
#   ENGINE_FOLDER=...  Engine Setup installs PyTorch from there (docs/engine.md); else it must be installed already
set -eu

fail() {
    echo "roundtrip: $*" >&2
    exit 1
}

[ $# = 1 ] || [ $# = 2 ] || fail "usage: update-site/roundtrip.sh FIJI [TREE]"
[ $# = 1 ] || [ -f "$(echo "$2"/plugins/vasomim-*.jar)" ] || fail "$2 is no tree of stage.sh"
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$here")
. "$here/fiji.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cache=${ENGINE_FOLDER:+$work/cache}
export FIJI_JAVA_OPTS="-Duser.home=$work/home
-Djava.util.prefs.userRoot=$work/home
-DENGINE_CACHE_DIR=${cache:-${ENGINE_CACHE_DIR:-${DJL_CACHE_DIR:-$HOME/.djl.ai}}}"
mkdir "$work/home" "$work/core" "$work/site" "$work/input"
cp "$root/src/main/resources/samples/arcade/val-030.jpg" "$work/input/"

step() {
    echo "== $*"
}

update() { # COMMAND
    updater "$work/app" "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "the updater failed: $1"; }
    ! grep '^\[ERROR\]' "$work/said" >&2 || fail "the updater met an error: $1"
}

snapshot() {
    (cd "$work/app" && find . -type f ! -name db.xml.gz ! -name .checksums -exec cksum {} + | LC_ALL=C sort)
}

has_the_tree() { # TREE
    (cd "$1" && find . -type f) | while read -r file; do
        cmp "$1/$file" "$work/app/$file" || fail "$file is not as staged"
    done
    [ "$(echo "$work"/app/plugins/vasomim-*.jar)" = "$work/app/plugins/$(basename "$1"/plugins/vasomim-*.jar)" ] ||
        fail "there is more than one version: $(ls "$work/app/plugins")"
}

macro() { # TEXT
    echo "$1" > "$work/macro.ijm"
    fiji_java "$work/app" net.imagej.Main --headless -macro "$work/macro.ijm" -batch > "$work/said" 2>&1 ||
        { cat "$work/said" >&2; fail "Fiji failed"; }
}

segment() { # OUTPUT
    macro "run('Segment Vessels Folder...', 'input=[$work/input] output=[$1]');
open('$1/val-030.png');
getStatistics(area, mean, min, max);
print('mask: ' + d2s(100 * mean / 255, 1) + ' % of ' + area + ' px, largest value ' + max);"
    grep 'mask:' "$work/said" || { cat "$work/said" >&2; fail "no mask was written"; }
    grep -q 'mask: .* largest value 255$' "$work/said" || fail "the mask is empty"
    echo "written by $(grep -o '"vasomim":"[^"]*"' "$1/manifest.json" | head -n 1)"
}

step "Fiji's own files, as a site"
copy_fiji "$1" "$work/fiji"
printf '<pluginRecords><update-site name="ImageJ" url="file:%s/core/" ssh-host="file:localhost" upload-directory="%s/core/"
timestamp="0"/></pluginRecords>\n' "$work" "$work" | gzip > "$work/fiji/db.xml.gz"
updater "$work/fiji" upload-complete-site --force ImageJ > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "no core site"; }
copy_fiji "$work/fiji" "$work/app"
snapshot > "$work/before"
echo "$(wc -l < "$work/before") files"

step "Stage and upload"
if [ $# = 2 ]; then cp -R "$2" "$work/first"; else "$here/stage.sh" "$work/first"; fi
FIJI=$work/fiji "$here/upload.sh" --new --yes "$work/first" "file:$work/site/" file:localhost "$work/site/"

step "Add the site, update"
update add-update-site VasoMIM "file:$work/site/"
update update
has_the_tree "$work/first"
snapshot | LC_ALL=C comm -13 "$work/before" - | cut -d ' ' -f 3-

step "Segment an angiogram"
if [ -n "${ENGINE_FOLDER:-}" ]; then
    macro "run('Engine Setup...', 'folder=[$ENGINE_FOLDER] consent=true');"
    grep 'Engine Setup' "$work/said" | head -n 1 | cut -c 1-200
fi
segment "$work/masks"

step "A newer version"
version=$(basename "$work"/first/plugins/vasomim-*.jar .jar | sed 's/vasomim-//; s/-SNAPSHOT//')
UNCOMMITTED=yes VERSION=${version%.*}.$((${version##*.} + 1)) "$here/stage.sh" "$work/second" > "$work/said"
FIJI=$work/fiji "$here/upload.sh" --yes "$work/second" "file:$work/site/" file:localhost "$work/site/"
update list-updateable
grep '^plugins/vasomim.*UPDATEABLE' "$work/said" || { cat "$work/said" >&2; fail "the updater names no newer version"; }
update update
has_the_tree "$work/second"
segment "$work/newer"

step "The same again"
FIJI=$work/fiji "$here/upload.sh" --yes "$work/second" "file:$work/site/" file:localhost "$work/site/"

step "Remove the site"
update deactivate-update-site VasoMIM
# What Fiji's launcher does at the next start.
update update
update remove-update-site VasoMIM
snapshot > "$work/after"
diff "$work/before" "$work/after" || fail "Fiji is not as it was before"
echo "$(wc -l < "$work/after") files, all as before"
(cd "$work/app" && find . -type d -empty) > "$work/empty"
(cd "$work/fiji" && find . -type d -empty) | LC_ALL=C sort > "$work/empty-before"
LC_ALL=C sort "$work/empty" | LC_ALL=C comm -23 - "$work/empty-before" | sed 's|^|left, an empty folder: |'
