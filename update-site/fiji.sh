# Read by the scripts of this folder: a Fiji and its updater, started without their launcher, which differs by system.

# Without Fiji's Java, which is large, and without what an update left to do.
copy_fiji() { # FROM TO
    mkdir "$2"
    for entry in "$1"/* "$1"/.checksums; do
        case ${entry##*/} in
            java | update) ;;
            *) [ ! -e "$entry" ] || cp -R "$entry" "$2/" ;;
        esac
    done
}

# The class path of Fiji's launcher, and what it opens to Fiji's changes of ImageJ. FIJI_JAVA_OPTS are further options of
# Java, one in each line, as folders may have blanks.
fiji_java() { # FIJI ARGUMENTS
    fiji=$1
    shift
    path=
    for jar in "$fiji"/jars/*.jar "$fiji"/jars/*/*.jar "$fiji"/plugins/*.jar "$fiji"/plugins/*/*.jar; do
        [ ! -f "$jar" ] || path=$path${path:+:}$jar
    done
    set -- -cp "$path" "$@"
    while read -r option; do
        [ -z "$option" ] || set -- "$option" "$@"
    done << OPTIONS
${FIJI_JAVA_OPTS:-}
OPTIONS
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djava.awt.headless=true --add-opens=java.base/java.lang=ALL-UNNAMED \
        -Dimagej.dir="$fiji" -Dij.dir="$fiji" -Dplugins.dir="$fiji" -Dscijava.app.directory="$fiji" "$@"
}

updater() { # FIJI COMMAND
    fiji=$1
    shift
    fiji_java "$fiji" -Dpatch.ij1=false -Dscijava.log.level=info net.imagej.updater.CommandLine "$@"
}
