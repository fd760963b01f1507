#!/usr/bin/env bash
# arrive.sh -- how people come in: invitation, second factor, sessions and the
# trail, in Debian's Chromium with scripts switched off (tests/page/arrive.mjs);
# a telephone's scanner reads the square code off the page in both themes.
# [17065 4.5]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

holds "a demonstration" "$TENSTAR" demo "$DATA" --size 0
server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")

status=0
node tests/page/arrive.mjs "http://127.0.0.1:$port" "$story_dir" \
    >"$story_dir/said" 2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "the script ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r line; do
    case $line in
    "ok "*) pass ;;
    *) fail "$line" ;;
    esac
done <"$story_dir/said"

for theme in light dark; do
    expect "the square code scans, $theme" \
        "$(zbarimg -q --raw --nodbus "$story_dir/$theme.png" 2>/dev/null)" \
        "$(cat "$story_dir/$theme.txt")"
done

# No ticket, secret or token stands in the log: a route's pattern does.
holds "the log has the pattern" grep -qF '/invitation/{ticket}' "$story_dir/log"
expect "and no ticket" "$(grep -cE 'invitation/[A-Za-z0-9_-]{20}' \
    "$story_dir/log")" 0
expect "and no secret" "$(grep -c 'otpauth' "$story_dir/log")" 0

the_end
