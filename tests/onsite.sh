#!/usr/bin/env bash
# onsite.sh -- the checklist at a site in Debian's Chromium, its network
# switched off and on (tests/page/onsite.mjs): what is entered without one is
# kept, and recorded once when there is one again. [M15] [17065 7.4]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

DEMO_SIZE=12
founded 2026-11-24
CASE=$("$TENSTAR" case list --data "$DATA" --as quality --json |
    jq -r '[.[] | select(.stage == "audit")][0].number')
TODAY=$(show .plan.from)
LEAD=
for login in auditor1 auditor2 auditor3; do
    if [ -z "$LEAD" ] && case_do "$login" audit.open; then LEAD=$login; fi
done
holds "the opening meeting was held" test -n "$LEAD"

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today "$TODAY" --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")

status=0
node tests/page/onsite.mjs "$port" "$CASE" "$LEAD" \
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

# recorded NOTE: how often the case has a finding with it.
recorded() {
    "$TENSTAR" case history "$CASE" --data "$DATA" --as quality --json |
        jq --arg note "$1" '[.events[] | select(.type == "finding.recorded" and
            .data.note == $note)] | length'
}
expect "what was entered without a network" "$(recorded 'in the cellar')" 1
expect "what was sent twice" "$(recorded 'answer lost')" 1
expect "what somebody else recorded first" "$(recorded 'theirs')" 1
expect "what was recorded over it" "$(recorded 'mine, after all')" 1
expect "what was refused" "$(recorded 'mine')" 0
expect "what was sent without scripts" "$(recorded 'by a plain form')" 1
holds "nothing went wrong in the server" \
    test "$(grep -c '"level":"error"' "$story_dir/log")" = 0

the_end
