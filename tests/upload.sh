#!/usr/bin/env bash
# upload.sh -- an applicant hands documents in, in Debian's Chromium, with and
# without scripts (tests/page/upload.mjs). [M8] [M9]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --size 30 --today $TODAY
server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")

# A case whose applicant still prepares, and the file that is handed in.
CASE=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r 'map(select(.stage == "preparation")) | last.number')
printf '%%PDF-1.4\n%%\342\343\317\323\n' >"$story_dir/licence.pdf"
printf '<html><body>x</body></html>\n' >"$story_dir/page.pdf"
truncate -s 5M "$story_dir/five.pdf"
printf '%%PDF-1.4\n' | dd of="$story_dir/five.pdf" conv=notrunc status=none

status=0
node tests/page/upload.mjs "http://127.0.0.1:$port" "$CASE" "$story_dir" \
    >"$story_dir/said" 2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "the browser ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r said; do
    case $said in
    "ok "*) pass ;;
    *) fail "$said" ;;
    esac
done <"$story_dir/said"
holds "nothing went wrong in the server" \
    test "$(grep -c '"level":"error"' "$story_dir/log")" = 0

# --- long bodies [HT6] --------------------------------------------------------

# A stranger's is refused by its head: not a byte of it is read.
truncate -s 30M "$story_dir/long"
expect "a stranger's long file" "$(curl -sS -o /dev/null -w '%{http_code}' \
    -H 'Expect: 100-continue' -F "file=@$story_dir/long" \
    "http://127.0.0.1:$port/cases/$CASE/papers")" 403

the_end
