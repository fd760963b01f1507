#!/usr/bin/env bash
# clicked.sh -- one enterprise's whole way, from its registration to a
# certificate that is kept up, pressed through in Debian's Chromium by all who
# have a part in it (tests/page/journey): in Chinese at a desk, and in English
# on a phone.  No address is typed but the first, and no time is waited for.
# It takes minutes, so `./test deep clicked` runs it.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02

# walk LANG DEVICE: in a folder of its own, both at a time.
walk() {
    local folder=$story_dir/$1
    mkdir "$folder"
    cp -r "$DATA" "$folder/data"
    node tests/page/journey/walk.mjs "$TENSTAR" "$folder/data" "$folder" \
        "$1" "$2" >"$folder/said" 2>"$folder/err" || echo "$?" >"$folder/ended"
}
trap 'wait; rm -rf "$story_dir"' EXIT
walk zh desktop &
walk en phone &
wait

for lang in zh en; do
    folder=$story_dir/$lang
    holds "it ends well, in $lang" test ! -e "$folder/ended"
    holds "it is walked to its end, in $lang" \
        grep -q '^ok .*\[M23\]' "$folder/said"
    grep -q '^not ok' "$folder/said" && cat "$folder/err" >&2
    while read -r line; do
        case $line in
        "ok "*) pass ;;
        *) fail "$line" ;;
        esac
    done <"$folder/said"
    holds "nothing went wrong in the server, in $lang" \
        test "$(grep -c '"level":"error"' "$folder/log")" = 0
    holds "[17065 7.12] every journal replays, in $lang" \
        "$TENSTAR" check --data "$folder/data"
done

the_end
