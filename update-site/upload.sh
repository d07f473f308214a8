#!/bin/sh
# Brings a tree of stage.sh to an update site: FIJI=... update-site/upload.sh [OPTIONS] TREE URL HOST FOLDER
#   file:    upload.sh staged file:/srv/site/ file:localhost /srv/site/
#   webdav:  upload.sh staged https://sites.imagej.net/VasoMIM/ webdav:USER .
# Simulates, shows what would change, asks, uploads, and looks whether it is there. FIJI is a Fiji without VasoMIM, whose
# own update sites can be reached; it is copied, not changed. The password of webdav is read from ~/.netrc, or asked for.
#   --new     the site has nothing yet
#   --yes     uploads without asking
#   --remove  marks what is on the site and not in TREE as obsolete without asking; it is left alone otherwise
set -eu

fail() {
    echo "upload: $*" >&2
    exit 1
}

yes=false new=false remove=false
while [ $# -gt 0 ]; do
    case $1 in
        --new) new=true ;;
        --yes) yes=true ;;
        --remove) remove=true ;;
        -*) fail "unknown option $1; there are --new, --yes and --remove" ;;
        *) break ;;
    esac
    shift
done
[ $# = 4 ] || fail "usage: FIJI=... update-site/upload.sh [--new] [--yes] [--remove] TREE URL HOST FOLDER"
site=VasoMIM tree=$1 url=$2 host=$3 target=$4
case $host in
    *:*:*) fail "no password on a command line, where others see it; write webdav:USER, and the password into ~/.netrc" ;;
    file:* | webdav:*) ;;
    *) fail "HOST is file:localhost or webdav:USER, not $host" ;;
esac
[ -f "$(echo "$tree"/plugins/vasomim-*.jar)" ] || fail "$tree is no tree of stage.sh: plugins/vasomim-VERSION.jar is not there"
[ -f "$(echo "${FIJI:-}"/jars/imagej-updater-*.jar)" ] || fail "FIJI names no Fiji with an updater: '${FIJI:-}'"
. "$(dirname "$0")/fiji.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
files=$(cd "$tree" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)

without_version() {
    sed 's/-[0-9][^/]*\.jar$/.jar/'
}

(cd "$FIJI" && find jars plugins macros licenses -type f 2>/dev/null || true) | without_version | LC_ALL=C sort > "$work/fiji"
twice=$(echo "$files" | without_version | LC_ALL=C sort | LC_ALL=C comm -12 - "$work/fiji")
[ -z "$twice" ] || fail "this Fiji has files of the tree already; take one without VasoMIM: $twice"

copy_fiji "$FIJI" "$work/app"
cp -R "$tree/." "$work/app/"

run() { # COMMAND: what it says is kept; where it fails, shown
    updater "$work/app" "$@" > "$work/said" 2>&1 || { cat "$work/said" >&2; fail "the updater failed: $1"; }
    ! grep -q 'Unresolved upload conflicts' "$work/said" || { cat "$work/said" >&2; fail "the updater sees conflicts"; }
}

verb=add
if gzip -dc "$work/app/db.xml.gz" 2>/dev/null | grep -q "name=\"$site\""; then verb=edit; fi
run $verb-update-site $site "$url" "$host" "$target"
run list-from-site $site
if grep -q "Could not update from site '$site'" "$work/said"; then
    # Its list of files would be overwritten by one of the tree alone.
    $new || fail "$url cannot be read; if it has nothing yet, say --new"
else
    ! $new || fail "$url has files; leave --new out"
fi
# Lines are FILE, (STATUS), time.
absent=$(awk -F '\t' '$2 == "(NOT_INSTALLED)" || $2 == "(NEW)" { print $1 }' "$work/said")

confirm() { # QUESTION
    printf '%s [y/N] ' "$1"
    read -r answer || answer=
    [ "$answer" = y ]
}

if [ -n "$absent" ]; then
    printf 'On the site, but not in the tree:\n%s\n' "$absent"
    if $remove || { ! $yes && confirm "Mark them as obsolete, so that they vanish from every Fiji?"; }; then
        files=$(printf '%s\n%s' "$files" "$absent")
    fi
fi
IFS='
'
# shellcheck disable=SC2086
set -- $files
unset IFS
run upload --simulate --update-site $site "$@"
sed -n -e 's/^\[INFO\] //' -e '/^Would/p' -e '/^Removing/p' "$work/said"
if grep -q 'Nothing to upload' "$work/said"; then
    echo "Nothing to upload"
    exit
fi
$yes || confirm "Upload this to $url?" || fail "nothing was uploaded"
# Not redirected: the updater asks for a password at a terminal alone.
updater "$work/app" upload --update-site $site "$@" || fail "the updater failed; look at $url before you try again"

# The updater ends well after some failures; what counts is what is there now.
run list-from-site $site
(cd "$tree" && find . -type f) | sed 's|^\./||' | while read -r file; do
    grep -q "^$(echo "$file" | sed 's/[.[]/\\&/g')	(INSTALLED)" "$work/said" || fail "$file did not get to $url"
done
echo "Uploaded to $url"
