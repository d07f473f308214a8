#!/bin/sh
# Prepares a release: update-site/release.sh VERSION [OUT [BEFORE]]
# Stages the tree of VERSION into OUT, lists in what that differs from BEFORE, the tree of the last release, and writes
# VERSION into pom.xml, CHANGELOG.md and CITATION.cff, into all or, where anything fails, into none. Commits, tags and
# uploads nothing. A VERSION-SNAPSHOT changes the pom alone.
set -eu

fail() {
    echo "release: $*" >&2
    exit 1
}

[ $# -ge 1 ] && [ $# -le 3 ] || fail "usage: update-site/release.sh VERSION [OUT [BEFORE]]"
version=$1
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$here")
list=$(mktemp)
clean() {
    rm -f "$list" "$root/pom.xml.new" "$root/CHANGELOG.md.new" "$root/CITATION.cff.new"
}
clean
trap clean EXIT
trap 'exit 130' INT TERM HUP

# No pattern of grep: that would take a second line for well.
case ${version%-SNAPSHOT} in
    *[!0-9.]* | .* | *. | *..* | *.*.*.*) well=false ;;
    *.*.*) well=true ;;
    *) well=false ;;
esac
$well || fail "VERSION is three numbers, perhaps with -SNAPSHOT, such as 1.2.3, not $version"
! grep -q "^## \[$version\]" "$root/CHANGELOG.md" || fail "CHANGELOG.md has version $version already"
[ $# -lt 2 ] || [ ! -e "$2" ] || [ -z "$(ls -A "$2")" ] || fail "$2 is not empty; name a new folder"
[ $# -lt 3 ] || [ -d "$3/plugins" ] || fail "$3 is no tree of stage.sh"

# Its own version, not the parent's nor a dependency's.
now=$(awk '/<artifactId>vasomim</ { own = 1 } own && /<version>/ { gsub(/.*<version>|<\/version>.*/, ""); print; exit }' \
    "$root/pom.xml")
# A snapshot comes before the release of its numbers.
awk -v new="$version" -v old="$now" 'BEGIN {
    split(new, a, /[.-]/); split(old, b, /[.-]/)
    for (i = 1; i <= 3; i++) if (a[i] + 0 != b[i] + 0) exit !(a[i] + 0 > b[i] + 0)
    exit !(old ~ /-SNAPSHOT$/ && new !~ /-SNAPSHOT$/) }' || fail "$version is not newer than $now, the version in pom.xml"

change() { # FILE AWK-PROGRAM: where nothing changed, the file is not what this script knows
    awk -v version="$version" -v day="$(date -u +%Y-%m-%d)" "$2" "$root/$1" > "$root/$1.new"
    ! cmp -s "$root/$1" "$root/$1.new" || fail "$1 stays as it was; is it of version $version already?"
}

case $version in *-SNAPSHOT) ;; *)
    awk '/^## / { unreleased = /\[Unreleased\]/ } unreleased && /^- / { found = 1 } END { exit !found }' "$root/CHANGELOG.md" ||
        fail "CHANGELOG.md names no change below [Unreleased]; a release says what it brings"
    change CHANGELOG.md '{ print } /^## \[Unreleased\]/ { print "\n## [" version "] - " day }'
    change CITATION.cff '/^version:|^date-released:/ { next } { print }
        /^license:/ { print "version: " version "\ndate-released: " day }'
    ;;
esac
change pom.xml '/<artifactId>vasomim</ { own = 1 }
    own && /<version>/ { sub(/<version>.*<\/version>/, "<version>" version "</version>"); own = 0 } { print }'

files_of() { # TREE: the updater's name of each file, then its checksum, then its name
    (cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do
        printf '%s\t%s\t%s\n' "$(echo "$file" | sed 's/-[0-9][^/]*\.jar$/.jar/')" "$(cksum < "$file")" "${file#./}"
    done)
}

# To be looked at; what is uploaded is staged from the tag.
[ $# -lt 2 ] || VERSION=$version UNCOMMITTED=yes "$here/stage.sh" "$2"
if [ $# = 3 ]; then
    files_of "$3" > "$list"
    echo "release: against $3"
    files_of "$2" | awk -F '\t' '
        NR == FNR { sum[$1] = $2; name[$1] = $3; next }
        !($1 in sum) { print "new      " $3; next }
        sum[$1] != $2 { print "changed  " $3 ($3 == name[$1] ? "" : ", was " name[$1]) }
        { delete sum[$1] }
        END { for (file in sum) print "gone     " name[file] }' "$list" -
fi

for file in pom.xml CHANGELOG.md CITATION.cff; do
    [ ! -e "$root/$file.new" ] || mv "$root/$file.new" "$root/$file"
done
echo "release: pom.xml is of version $version"
