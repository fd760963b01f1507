#!/usr/bin/env bash
# browse.sh -- every page, as everybody who has a part in it sees it, in
# Debian's Chromium (tests/page/pages.mjs): a demonstration is served, and its
# people sign in one after the other and follow every link.  [WCAG 2.2]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --size 40 --today $TODAY
server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")
site=http://127.0.0.1:$port

# Somebody reports misuse, for quality to read.
jar=$story_dir/jar
token=$(curl -sS -c "$jar" "$site/report" |
    grep -oE 'name="token" value="[^"]*' | cut -d'"' -f4)
expect "a report is taken" "$(curl -sS -b "$jar" -o "$story_dir/reported" \
    -w '%{http_code}' -d "token=$token" -d kind=other -d place=x -d words=x \
    -d name=y "$site/report")" 303

# Whose enterprise has cases.
applicant=$(curl -sS "$site/login" | grep -oE 'value="[a-z]+[0-9]+"' |
    grep -oE '[a-z]+[0-9]+' | tail -n 1)
names=-,$applicant,intake,finance,planner,auditor1,expert,reviewer
names+=,certificates,quality,head,appeal,reporter,authority,admin
pictures=()
[ -z "${PICTURES-}" ] || pictures=("$PICTURES")
status=0
node tests/page/pages.mjs "$site" "$names" "${pictures[@]}" \
    >"$story_dir/said" 2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "it ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r line; do
    case $line in
    "ok "*) pass ;;
    *) fail "$line" ;;
    esac
done <"$story_dir/said"
holds "nothing went wrong in the server" \
    test "$(grep -c '"level":"error"' "$story_dir/log")" = 0

the_end
