#!/usr/bin/env bash
# names.sh -- enterprises found by any piece of their names: as written, by
# pinyin, by first letters; the same when the server comes back, and when its
# index is gone. [M21] [M24]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"

start_server() {
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY \
        --json >"$story_dir/said" 2>"$story_dir/log" &
    server=$!
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
    at=http://127.0.0.1:$port
}

# ask NAME [PARAMETER]: what the register has of it.
ask() {
    curl -sS -G "$at/api/v1/certificates" --data-urlencode "name=$1" \
        ${2:+-d "$2"}
}

# wait_counted: until the index answers, at most ten seconds.
wait_counted() {
    for _ in $(seq 200); do
        [ "$(ask shili | jq .count)" != null ] && return
        sleep 0.05
    done
    return 1
}

start_server
holds "the index is there" wait_counted
ask 示例 >"$story_dir/all"
holds "names are found as written" \
    jq -e '.certificates | length > 0' "$story_dir/all"
expect "by pinyin as well" "$(ask shili | jq -c .count)" \
    "$(jq -c .count "$story_dir/all")"
expect "by first letters as well" "$(ask sl | jq -c .count)" \
    "$(jq -c .count "$story_dir/all")"
holder=$(jq -r '.certificates[0].holder' "$story_dir/all")
expect "the whole name comes first" \
    "$(ask "$holder" | jq -r '.certificates[0].holder')" "$holder"
expect "none is called so" "$(ask zzzzzz | jq .count)" 0
expect "of a place where nobody is there are none" \
    "$(ask shili place=44 | jq .count)" 0
expect "those that are valid and those that are not are all" \
    "$(for status in valid suspended withdrawn cancelled expired; do
        ask shili "status=$status"
    done | jq -s -c 'map(.count) | add')" "$(jq -c .count "$story_dir/all")"
scheme=$(jq -r '.certificates[0].scheme' "$story_dir/all")
expect "those of a scheme are of that scheme" \
    "$(ask shili "scheme=$scheme" | jq -r '.certificates[].scheme' | sort -u)" \
    "$scheme"
expect "of a level that nobody has there are none" \
    "$(ask shili level=none | jq .count)" 0
expect "a status is told by its name" \
    "$(ask shili status=x | jq -r .id)" lookup.status
expect "a place is told by digits" \
    "$(ask shili place=4x | jq -r .id)" lookup.digits
expect "a page is told by its number" \
    "$(ask shili after=x | jq -r .id)" lookup.after
holds "the page finds by pinyin" \
    grep -q "$holder" <(curl -sS "$at/?q=shili")

# --- come back ----------------------------------------------------------------

stop_server
wait "$server" 2>/dev/null || true
rm -f "$DATA"/register/names*
start_server
holds "the index is there again" wait_counted
expect "and finds the same" "$(ask shili | jq -S .certificates)" \
    "$(ask 示例 | jq -S .certificates)"

stop_server
wait "$server" || true
holds "and everything agrees" "$TENSTAR" check --data "$DATA"

the_end
