#!/bin/sh
# Brings a tree of stage.sh to an update site: FIJI=... update-site/upload.sh [OPTIONS] TREE URL HOST FOLDER
#   file:    upload.sh staged file:/srv/site/ file:localhost /srv/site/
#   webdav:  upload.sh staged https://sites.imagej.net/VasoMIM/ webdav:USER .
# Simulates, shows what would change, asks, uploads, and looks whether it is there. FIJI is a Fiji without VasoMIM, whose
# own update sites can be reached; it is copied, not changed. The password of webdav is read from ~/.netrc, or asked for.
#   --new     the site has nothing yet
#   --yes     uploads without asking
#   --remove  marks what is on the site and not in TREE as obsolete without asking; it is left alone otherwise
#   --older   replaces a newer VasoMIM, or other contents of the same version
set -eu

fail() {
    echo "upload: $*" >&2
    exit 1
}

yes=false new=false remove=false older=false
while [ $# -gt 0 ]; do
    case $1 in
        --new) new=true ;;
        --yes) yes=true ;;
        --remove) remove=true ;;
        --older) older=true ;;
        -*) fail "unknown option $1; there are --new, --yes, --remove and --older" ;;
        *) break ;;
    esac
    shift
done
[ $# = 4 ] || fail "usage: FIJI=... update-site/upload.sh [--new] [--yes] [--remove] [--older] TREE URL HOST FOLDER"
site=VasoMIM tree=$1 url=${2%/}/ host=$3 target=${4%/}/
. "$(dirname "$0")/fiji.sh"
. "$(dirname "$0")/site.sh"
check_address
[ -f "$(echo "$tree"/plugins/vasomim-*.jar)" ] || fail "$tree is no tree of stage.sh: plugins/vasomim-VERSION.jar is not there"
[ -f "$(echo "${FIJI:-}"/jars/imagej-updater-*.jar)" ] || fail "FIJI names no Fiji with an updater: '${FIJI:-}'"
version=$(basename "$tree"/plugins/vasomim-*.jar .jar | sed 's/^vasomim-//')
case $host-$version in
    webdav:*-SNAPSHOT) fail "$version is not a release, and a public site keeps what it gets; see update-site/release.sh" ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
files=$(cd "$tree" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)

fetch_list "$work/before"
case $host in file:*) check_folder "$work/before" ;; esac
if [ -s "$work/before" ]; then
    ! $new || fail "$url has a list of files; leave --new out"
else
    $new || fail "$url has no list of files; look whether it is right, then say --new"
fi
listed "$work/before" > "$work/listed"
old=$(sed -n 's|^plugins/vasomim-\(.*\)\.jar-[0-9]*$|\1|p' "$work/listed")
$older || [ -z "$old" ] || ! is_older "$version" "$old" ||
    fail "$url has VasoMIM $old, newer than $version; users would get the older one; say --older if they must"

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
# The updater replaces the list of a site that it could not read by one of the tree alone.
[ ! -s "$work/before" ] || ! grep -q "Could not update from site '$site'" "$work/said" ||
    fail "the updater cannot read $url; try later"
case $old in
    *-SNAPSHOT) ;;
    "$version")
        $older || grep -q "^plugins/vasomim-$version.jar	(INSTALLED)" "$work/said" ||
            fail "$url has another VasoMIM $version; give this one a new version, or say --older"
        ;;
esac
# Lines are FILE, (STATUS), time.
absent=$(awk -F '\t' '$2 == "(NOT_INSTALLED)" || $2 == "(NEW)" { print $1 }' "$work/said")

confirm() { # QUESTION
    printf '%s [y/N] ' "$1"
    read -r answer || answer=
    [ "$answer" = y ]
}

removed=
if [ -n "$absent" ]; then
    printf 'On the site, but not in the tree:\n%s\n' "$absent"
    if $remove || { ! $yes && confirm "Mark them as obsolete, so that they vanish from every Fiji?"; }; then
        removed=$absent
        files=$(printf '%s\n%s' "$files" "$removed")
    fi
fi
IFS='
'
set -f
# shellcheck disable=SC2086
set -- $files
set +f
unset IFS
run upload --simulate --update-site $site "$@"
sed -n -e 's/^\[INFO\] //' -e '/^Would/p' -e '/^Removing/p' "$work/said"

if grep -q 'Nothing to upload' "$work/said"; then
    has_the_tree "$tree" "$work/listed"
    echo "Nothing to upload"
    exit
fi
echo "VasoMIM: ${old:-none} -> $version"
$yes || confirm "Upload this to $url?" || fail "nothing was uploaded"
fetch_list "$work/now"
cmp -s "$work/before" "$work/now" || fail "$url has changed since what was shown; start again"
# Not redirected: the updater asks for a password at a terminal alone.
updater "$work/app" upload --update-site $site "$@" || fail "the updater failed; look at $url before you try again"
has_the_tree "$tree" "$work/listed"
[ -z "$removed" ] || echo "$removed" | while read -r file; do
    [ -z "$(entry_of "$file")" ] || fail "$file is still in the list of files of $url"
done
echo "Uploaded to $url"
