# Read by upload.sh: the update site at $url and $target, which end with a slash.

# Sets $folder, where URL names one.
check_address() {
    folder=
    hidden="write webdav:USER, and the password into ~/.netrc"
    case $url in
        file:///[!/]*) folder=${url#file://} ;;
        file:/[!/]*) folder=${url#file:} ;;
        *@*) fail "no user or password in URL, where others see it; $hidden" ;;
        http://?* | https://?*) ;;
        *) fail "URL is https://SITE/ or file:/FOLDER/, not $url" ;;
    esac
    case $host in
        *:*:*) fail "no password on a command line, where others see it; $hidden" ;;
        webdav:?*)
            case $url in
                https://* | http://localhost/* | http://localhost:*) ;;
                *) fail "webdav needs an https: URL, or others can read along; not $url" ;;
            esac
            [ "$target" = ./ ] || fail "FOLDER is . for webdav, as URL says where; not $target"
            target=.
            ;;
        file:?*)
            case $target in /*) ;; *) fail "FOLDER is an absolute path, not $target" ;; esac
            [ "${folder:-$target}" = "$target" ] || fail "URL and FOLDER are different folders: $folder and $target"
            ;;
        *) fail "HOST is file:localhost or webdav:USER, not $host" ;;
    esac
}

# A URL that leads to another folder, or nowhere, would have the list of what is there replaced.
check_folder() { # LIST of $url
    if [ -s "$1" ]; then
        cmp -s "$1.gz" "${target}db.xml.gz" || fail "$target is not the folder of $url: their db.xml.gz differ"
    elif [ -e "$target" ]; then
        entries=$(ls -A "$target") || fail "$target cannot be read"
        [ -z "$entries" ] || fail "$target has files, but $url no list of them; name an empty folder, or the site's own"
    fi
}

# Fails where the file is surely absent. Where nothing is known, as with a server that is down, the script ends.
fetch() { # NAME TO
    case $url in
        file:*)
            [ -e "$folder$1" ] || return 1
            cp "$folder$1" "$2" || fail "$url$1 cannot be read; try later"
            ;;
        *)
            code=$(curl -sSgL --connect-timeout 30 -o "$2" -w '%{http_code}' "$url$1") ||
                fail "$url$1 cannot be read; try later"
            case $code in
                200) ;;
                404 | 410) return 1 ;;
                *) fail "$url$1 cannot be read, the server answers $code; try later" ;;
            esac
            ;;
    esac
}

# The site's list of files, empty where there is none; TO.gz is as it came.
fetch_list() { # TO
    if fetch db.xml.gz "$1.gz"; then
        gzip -dc "$1.gz" > "$1" 2>/dev/null && grep -q -e '</pluginRecords>' -e '<pluginRecords/>' "$1" ||
            fail "the list of files of $url is damaged; try later, or have it mended"
    else
        : > "$1"
        rm -f "$1.gz"
    fi
}

# NAME-TIMESTAMP of each file that is not obsolete, as it is called on the site.
listed() { # LIST
    awk -v RS='<' '
        function value(name) { return match($0, " " name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 3,
            RLENGTH - length(name) - 3) : "" }
        /^plugin / { name = value("filename") }
        /^version / { print name "-" value("timestamp") }' "$1"
}

is_older() { # VERSION THAN: a snapshot is older than its release
    awk -v a="$1" -v b="$2" 'BEGIN {
        split(a, x, /[.-]/); split(b, y, /[.-]/)
        for (i = 1; i <= 3; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 < y[i] + 0)
        exit !(x[4] != "" && y[4] == "") }'
}

# What the updater uploaded; it ends well after some failures.
has_the_tree() { # TREE LISTED-BEFORE
    fetch_list "$work/after"
    listed "$work/after" > "$work/listed-after"
    (cd "$1" && find . -type f) | sed 's|^\./||' | while read -r file; do
        entry=$(entry_of "$file")
        [ -n "$entry" ] || fail "$file is not in the list of files of $url"
        fetch "$entry" "$work/file" || fail "$entry is in the list of files of $url, but is not there"
        # What was there before may be another build of the same contents, which is no change for the updater.
        grep -Fqx -e "$entry" "$2" || cmp -s "$1/$file" "$work/file" || fail "$entry at $url is not as in the tree"
    done
}

entry_of() { # FILE
    FILE=$1- awk 'index($0, ENVIRON["FILE"]) == 1 && substr($0, length(ENVIRON["FILE"]) + 1) ~ /^[0-9]+$/' \
        "$work/listed-after"
}
