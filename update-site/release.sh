#!/bin/sh
# Prepares a release: update-site/release.sh VERSION [OUT [BEFORE]]
# Writes VERSION into pom.xml, CHANGELOG.md and CITATION.cff; stages its tree into OUT; lists in what that differs from
# BEFORE, the tree of the last release. Commits, tags and uploads nothing. A VERSION-SNAPSHOT changes the pom alone.
set -eu

fail() {
    echo "release: $*" >&2
    exit 1
}

[ $# -ge 1 ] && [ $# -le 3 ] || fail "usage: update-site/release.sh VERSION [OUT [BEFORE]]"
version=$1
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$here")
echo "$version" | grep -Eq '^[0-9]+\.[0-9]+\.[0-9]+(-SNAPSHOT)?$' ||
    fail "VERSION is three numbers, perhaps with -SNAPSHOT, such as 1.2.3, not $version"
! grep -q "^## \[$version\]" "$root/CHANGELOG.md" || fail "CHANGELOG.md has version $version already"

change() { # FILE AWK-PROGRAM: where nothing changed, the file is not what this script knows
    awk -v version="$version" -v day="$(date -u +%Y-%m-%d)" "$2" "$root/$1" > "$root/$1.new"
    if cmp -s "$root/$1" "$root/$1.new"; then
        rm "$root/$1.new"
        fail "$1 stays as it was; is it of version $version already?"
    fi
    mv "$root/$1.new" "$root/$1"
}

case $version in *-SNAPSHOT) ;; *)
    awk '/^## / { unreleased = /\[Unreleased\]/ } unreleased && /^- / { found = 1 } END { exit !found }' "$root/CHANGELOG.md" ||
        fail "CHANGELOG.md names no change below [Unreleased]; a release says what it brings"
    change CHANGELOG.md '{ print } /^## \[Unreleased\]/ { print "\n## [" version "] - " day }'
    change CITATION.cff '/^version:|^date-released:/ { next } { print }
        /^license:/ { print "version: " version "\ndate-released: " day }'
    ;;
esac
# Its own version, not the parent's nor a dependency's.
change pom.xml '/<artifactId>vasomim</ { own = 1 }
    own && /<version>/ { sub(/<version>.*<\/version>/, "<version>" version "</version>"); own = 0 } { print }'
echo "release: pom.xml is of version $version"

files() { # TREE: the updater's name of each file, then its checksum, then its name
    (cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do
        printf '%s\t%s\t%s\n' "$(echo "$file" | sed 's/-[0-9][^/]*\.jar$/.jar/')" "$(cksum < "$file")" "${file#./}"
    done)
}

[ $# -lt 2 ] || "$here/stage.sh" "$2"
if [ $# = 3 ]; then
    [ -d "$3/plugins" ] || fail "$3 is no tree of stage.sh"
    list=$(mktemp)
    trap 'rm -f "$list"' EXIT
    files "$3" > "$list"
    echo "release: against $3"
    files "$2" | awk -F '\t' '
        NR == FNR { sum[$1] = $2; name[$1] = $3; next }
        !($1 in sum) { print "new      " $3; next }
        sum[$1] != $2 { print "changed  " $3 ($3 == name[$1] ? "" : ", was " name[$1]) }
        { delete sum[$1] }
        END { for (file in sum) print "gone     " name[file] }' "$list" -
fi
