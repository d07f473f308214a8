#!/bin/sh
# Makes the tree of VasoMIM's update site, from the sources as they are now: update-site/stage.sh OUT
# OUT must be new or empty. The folder target is neither used nor changed.
#   VERSION=1.2.3  builds it as this version instead of the pom's
#   UNCOMMITTED=yes  builds a release, also of sources that are in no commit, to be tried; its manifest says so
#   JARS=FOLDER    takes VasoMIM's jar and those of its runtime dependencies from there instead of building them
set -eu

fail() {
    echo "stage: $*" >&2
    exit 1
}

[ $# = 1 ] || fail "usage: update-site/stage.sh OUT"
out=$1
[ ! -e "$out" ] || { [ -d "$out" ] && [ -z "$(ls -A "$out")" ]; } || fail "$out is not empty; name a new folder"
here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$here")
mkdir -p "$(dirname "$out")"
# In the folder of OUT, so that the whole tree moves to its place at once.
tree=$(mktemp -d "$(dirname "$out")/.stage.XXXXXX")
work=$(mktemp -d)
trap 'rm -rf "$tree" "$work"' EXIT
trap 'exit 130' INT TERM HUP

jdk=${JAVA_HOME:+$JAVA_HOME/bin/}
for tool in javac jar; do
    command -v "$jdk$tool" >/dev/null || fail "no $tool at '$jdk$tool'; install a JDK 17 or newer, or set JAVA_HOME to one"
done

# The commit for the jar's manifest. Nobody could find the sources of a release that is of none.
commit() {
    sources="LICENSE pom.xml src/main update-site"
    # shellcheck disable=SC2086
    if head=$(git -C "$root" rev-parse HEAD 2> /dev/null) && changes=$(git -C "$root" status --porcelain -- $sources) &&
        [ -z "$changes" ]; then
        echo "$head"
        return
    fi
    case $1 in *-SNAPSHOT) ;; *)
        [ -n "${UNCOMMITTED:-}" ] || fail "$1 is a release, and its sources are in no commit: ${changes:-there is no git}"
        ;;
    esac
    echo "${head:-UNKNOWN}${head:+ and changes}"
}

# A copy is built, so that no class of an earlier build gets in, and the version can differ.
build() {
    command -v mvn >/dev/null || fail "no mvn found; install Maven 3.6.3 or newer"
    mkdir -p "$work/sources/src"
    cp -R "$root/src/main" "$work/sources/src/main"
    sed "$(set_version)" "$root/pom.xml" > "$work/sources/pom.xml"
    version=$(awk '/<artifactId>vasomim</ { own = 1 }
        own && /<version>/ { gsub(/.*<version>|<\/version>.*/, ""); print; exit }' "$work/sources/pom.xml")
    commit=$(commit "$version")
    mvn -B -q -Dstyle.color=never -Dmaven.buildNumber.skip=true -DbuildNumber="$commit" -f "$work/sources/pom.xml" process-classes jar:jar dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$work/jars" >&2 || fail "the build failed, see above"
    cp "$work"/sources/target/vasomim-*.jar "$work/jars"
}

# Of the pom's first version below its own artifactId.
set_version() {
    [ -z "${VERSION:-}" ] ||
        echo "/<artifactId>vasomim</,/<version>/s|<version>.*</version>|<version>$VERSION</version>|"
}

put() { # FILE PATH
    mkdir -p "$tree/$(dirname "$2")"
    cp "$1" "$tree/$2"
}

# The jar for a Fiji whose Java is too old for all others.
bridge() {
    mkdir "$work/bridge"
    # Named, as newer javacs run no processor that they only find; it writes the index that SciJava reads.
    "$jdk"javac --release 8 -Xlint:-options -encoding UTF-8 -processor org.scijava.annotations.AnnotationProcessor \
        -cp "$(echo "$jars"/scijava-common-*.jar):$(echo "$jars"/ij-*.jar)" \
        -d "$work/bridge" "$here"/bridge/sc/fiji/vasomim/java8/*.java
    # Of one date, and without a version: the updater leaves it alone as long as its classes are the same.
    "$jdk"jar --create --date=2026-01-01T00:00:00Z --file "$work/bridge.jar" -C "$work/bridge" .
    put "$work/bridge.jar" jars/vasomim-java8.jar
}

# The updater tells files by their names without versions: "api" could be anybody's, and another site's pytorch-engine
# would be exchanged under the api that it came with.
library_name() {
    case $1 in
        api-* | pytorch-*) echo "djl-$1" ;;
        *) echo "$1" ;;
    esac
}

is_staged() {
    ! grep -q "^$1 " "$here/not-staged.txt"
}

if [ -n "${JARS:-}" ]; then jars=$JARS; else
    jars=$work/jars
    build
fi
plugin=$(ls "$jars"/vasomim-*.jar) || fail "no jar vasomim-VERSION.jar in $jars"
version=${plugin##*/vasomim-}
version=${version%.jar}

put "$plugin" "plugins/vasomim-$version.jar"
bridge
for jar in "$jars"/*.jar; do
    file=${jar##*/}
    name=$(echo "$file" | sed 's/-[0-9].*//')
    if [ "$name" != vasomim ] && is_staged "$name"; then put "$jar" "jars/$(library_name "$file")"; fi
done
(cd "$here" && find macros licenses -type f) | while read -r file; do put "$here/$file" "$file"; done
put "$root/LICENSE" licenses/vasomim.txt

# A folder that is there and empty; mv would move into it.
[ ! -d "$out" ] || rmdir "$out"
chmod 755 "$tree"
mv "$tree" "$out"
case $version in *-SNAPSHOT) echo "stage: $version is not a release" >&2 ;; esac
(cd "$out" && find . -type f | LC_ALL=C sort | while read -r file; do
    printf '%10d  %s\n' "$(wc -c < "$file")" "${file#./}"
done)
