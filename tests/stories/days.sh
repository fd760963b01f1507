#!/usr/bin/env bash
# days.sh -- what days do to a body: to-do lists by person, limits that pass, a
# surveillance that is missed, certificates that end; with a tick by hand and in
# the server.  The marks [M22].. are rows of the mission.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 15 --today $TODAY

server=
trap '[ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
    wait; rm -rf "$story_dir"' EXIT

# todo [OPTION..]: as JSON, on TODAY.
todo() { "$TENSTAR" todo --data "$DATA" --today "$TODAY" --json "$@"; }

# tick [OPTION..]: the same.
tick() { "$TENSTAR" tick --data "$DATA" --today "$TODAY" --json; }

# --- lists ------------------------------------------------------------------

todo >"$story_dir/all"
holds "something waits" jq -e '.tasks | length > 9' "$story_dir/all"
expect "the most pressing first, those without a limit last" \
    "$(jq -c '[.tasks[].due // "9999"]' "$story_dir/all")" \
    "$(jq -c '[.tasks[].due // "9999"] | sort' "$story_dir/all")"
expect "overdue is what was due before today" \
    "$(jq -c '[.tasks[] | .overdue]' "$story_dir/all")" \
    "$(jq -c --arg today $TODAY '[.tasks[] | .due != null and .due < $today]' \
        "$story_dir/all")"

# Whatever waits stands in somebody's list, and nothing else does.
{
    grep -o '^  - { login: [a-z0-9]*' demo/demo.yaml | cut -d' ' -f6
    echo newcomer
    seq -f 'applicant-%03g' 1 15
} >"$story_dir/logins"
while read -r login; do
    todo --person "$login" | jq -c '.tasks[] | [.case, .task, .person]'
done <"$story_dir/logins" | sort -u >"$story_dir/each"
expect "the lists of all people together are everybody's" \
    "$(jq -c '.tasks[] | [.case, .task, .person]' "$story_dir/all" | sort -u)" \
    "$(cat "$story_dir/each")"

# --- the calendar [RFC 5545] ------------------------------------------------

"$TENSTAR" todo --data "$DATA" --today $TODAY --ical >"$story_dir/ical"
expect "every line ends in CR LF" "$(grep -cv $'\r$' "$story_dir/ical")" 0
expect "and has 75 octets at most" \
    "$(LC_ALL=C awk '{ sub(/\r$/, "") } length($0) > 75' "$story_dir/ical")" ""
holds "none is cut within a character" iconv -f UTF-8 -t UTF-8 \
    "$story_dir/ical"
tr -d '\r' <"$story_dir/ical" | sed -e ':a' -e 'N' -e '$!ba' \
    -e 's/\n //g' >"$story_dir/unfolded"
expect "as many to-dos as tasks" \
    "$(grep -cx 'BEGIN:VTODO' "$story_dir/unfolded")" \
    "$(jq '.tasks | length' "$story_dir/all")"
expect "a uid for each" "$(grep '^UID:' "$story_dir/unfolded" | sort -u |
    wc -l)" "$(grep -cE '^BEGIN:(VTODO|VEVENT)$' "$story_dir/unfolded")"
expect "what begins ends" "$(grep -c '^BEGIN:' "$story_dir/unfolded")" \
    "$(grep -c '^END:' "$story_dir/unfolded")"

# --- forecasts [M4] ---------------------------------------------------------

"$TENSTAR" case forecast --data "$DATA" --today $TODAY --json >"$story_dir/ends"
expect "every case under way has a forecast" \
    "$(jq -r '.[].number' "$story_dir/ends" | sort)" \
    "$("$TENSTAR" case list --data "$DATA" --json | jq -r '.[] |
        select(.stage != "upkeep" and .stage != "ended") | .number' | sort)"
expect "none ends before today, nor before its earliest day" \
    "$(jq --arg today $TODAY 'all(.[]; .earliest >= $today and
        .likely >= .earliest)' "$story_dir/ends")" true

# --- the tick ---------------------------------------------------------------

tick >"$story_dir/first"
holds "what waits is told" jq -e '.opened > 9 and .overdue > 2' \
    "$story_dir/first"
expect "once" "$(tick | jq -c '[.opened, .overdue, (.expired | length),
    (.notices | length)]')" '[0,0,0,0]'

# From month to month: what expires does on its day, and nothing else happens.
shown() {
    "$TENSTAR" certificate show "$1" --data "$DATA" --today "$TODAY" --json
}
mapfile -t numbers < <("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values' | while read -r n; do
    shown "$n" | jq -r 'select(.status == "valid") | .number'
done)
holds "certificates run" test "${#numbers[@]}" -ge 2
for month in 2026-12 2027-03 2027-09 2028-03 2028-09; do
    TODAY=$month-24
    holds "the tick of $TODAY" tick
    for n in "${numbers[@]}"; do
        expect "$n on $TODAY" "$(shown "$n" | jq -r .status)" \
            "$(shown "$n" | jq -r --arg today $TODAY \
                'if .valid_until < $today then "expired" else "valid" end')"
    done
done
# new: what happened in all cases since the beginning, by whom.
new() {
    "$TENSTAR" case list --data "$DATA" --json | jq -r '.[].number' |
        while read -r c; do
            "$TENSTAR" case history "$c" --data "$DATA" --json
        done | jq -r '.events[] | select(.on > "2026-11-24") |
            .type + " by " + (.actor // "the program")' | sort -u
}
holds "[M22] a missed surveillance waits for a person to suspend" jq -e \
    'any(.tasks[]; .task == "suspend" and .overdue)' <(todo)
expect "[17065 7.11] and nobody was suspended by it" "$(new)" \
    "validity.ended by the program"

# --- in the server ----------------------------------------------------------

TODAY=2031-01-01
mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
jq --unbuffered -n 'input.port' <"$story_dir/said" >"$story_dir/port"
holds "it ticks by itself" grep -qm1 '"event":"tick.done"' \
    <(tail -n +1 -f --pid=$server "$story_dir/log")
kill -TERM "$server"
wait "$server" || true
server=
for n in "${numbers[@]}"; do
    expect "$n is over" "$(shown "$n" | jq -r .status)" expired
done
expect "still the program did only that" "$(new)" \
    "validity.ended by the program"
holds "[17065 7.12] every journal replays and every hash is right" \
    "$TENSTAR" check --data "$DATA"

the_end
