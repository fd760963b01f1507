#!/usr/bin/env bash
# calendar.sh -- to-do lists in calendar programs: secret addresses made, read
# from the server, and revoked; what is read is understood by a library that is
# not ours, and is what `todo` says.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

# The demonstration is of November; in October an audit is still to come.
TODAY=2026-10-22
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 15 --today 2026-11-24

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")

# fetch PATH [CURL-OPTION...]: head and body into files, the status printed.
fetch() {
    local path=$1
    shift
    : >"$story_dir/body"
    curl -sS -D "$story_dir/head" -o "$story_dir/body" -w '%{http_code}' \
        "$@" "http://127.0.0.1:$port$path"
}
header() { tr -d '\r' <"$story_dir/head" | sed -n "s/^$1: //Ip"; }

# link LOGIN [OPTION..]: a new address's path.
link() {
    "$TENSTAR" calendar link --data "$DATA" --today $TODAY --json --as "$@" |
        jq -r .path
}

# --- what is read [RFC 5545] ------------------------------------------------

# The calendar as python3-icalendar reads it, a line a to-do or event.
cat >"$story_dir/read.py" <<'END'
import datetime, icalendar, re, sys

calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
stamps = set()
for x in calendar.walk():
    if x.name == "VCALENDAR":
        continue
    stamp = x["DTSTAMP"].dt
    assert stamp.utcoffset() == datetime.timedelta(0), stamp
    stamps.add(x["UID"])
    case = re.search(r"C\d{4}-\d{4}", str(x["SUMMARY"])).group()
    if x.name == "VTODO":
        kind = str(x["CATEGORIES"].to_ical(), "utf-8")
        print("todo", case, kind, x["DUE"].dt if "DUE" in x else None,
              x.get("PRIORITY") == 1)
    else:
        last = x["DTEND"].dt - datetime.timedelta(days=1)
        print("audit", case, x["DTSTART"].dt, last)
assert len(stamps) == len(calendar.subcomponents), "a uid for each"
END
understood() { /usr/bin/python3 -B "$story_dir/read.py" "$1" | sort; }

# The same of `todo [OPTION..]`.
listed() {
    "$TENSTAR" todo --data "$DATA" --today $TODAY --json "$@" | jq -r '
        (.tasks[] | "todo \(.case) \(.task) \(.due // "None") \(.overdue |
            if . then "True" else "False" end)"),
        (.audits | unique_by(.case)[] | "audit \(.case) \(.from) \(.to)")' |
        sort
}

for login in planner auditor1 intake newcomer; do
    path=$(link $login --lang zh)
    expect "$login's calendar" "$(fetch "$path")" 200
    expect "is what $login's list says, to another program" \
        "$(understood "$story_dir/body")" "$(listed --person $login)"
done
everybody=$(link planner --team --lang en)
expect "everybody's calendar" "$(fetch "$everybody")" 200
cp "$story_dir/body" "$story_dir/team"
holds "is full" test "$(grep -c 'BEGIN:VTODO' "$story_dir/team")" -gt 5
holds "and has audits" grep -q 'BEGIN:VEVENT' "$story_dir/team"
expect "it is what everybody's list says" \
    "$(understood "$story_dir/team")" "$(listed)"
"$TENSTAR" todo --data "$DATA" --today $TODAY --ical --lang en \
    >"$story_dir/printed"
holds "and what is printed, byte for byte" cmp "$story_dir/team" \
    "$story_dir/printed"
fetch "$(link planner --lang zh)" >/dev/null
holds "in Chinese for who asked for that" grep -q 'planner 的待办' \
    "$story_dir/body"

# --- how it is read ---------------------------------------------------------

expect "again" "$(fetch "$everybody")" 200
holds "the same, though time went on" cmp "$story_dir/team" "$story_dir/body"
expect "it is a calendar" "$(header content-type)" \
    "text/calendar; charset=utf-8"
holds "for the reader alone" grep -q '^private' <<<"$(header cache-control)"
tag=$(header etag)
expect "who has it already" "$(fetch "$everybody" -H "If-None-Match: $tag")" 304
expect "is sent nothing" "$(wc -c <"$story_dir/body")" 0
expect "HEAD" "$(fetch "$everybody" --head)" 200
expect "has its size" "$(header content-length)" \
    "$(wc -c <"$story_dir/team")"

# --- who reads it -----------------------------------------------------------

refusal() {
    "$TENSTAR" "$@" --data "$DATA" --json 2>/dev/null |
        jq -r .refused.id || true
}
expect "everybody's list is for staff" \
    "$(refusal calendar link --as newcomer --team)" todo.others
mine=$(link auditor2)
expect "an address" "$(fetch "$mine")" 200
expect "of which one's list tells no more than when it was made" \
    "$("$TENSTAR" calendar list --data "$DATA" --as auditor2 --json |
        jq -c '.[0] | keys')" '["lang","made","number","team"]'
holds "it is revoked beside the server" "$TENSTAR" calendar revoke 1 \
    --data "$DATA" --as auditor2
expect "and shows nothing any more" "$(fetch "$mine")" 404
sed "s|${mine#/calendar/}|ADDRESS|g" "$story_dir/body" >"$story_dir/revoked"
unknown=/calendar/$(printf 'A%.0s' {1..64}).ics
expect "one that never was" "$(fetch "$unknown")" 404
sed "s|${unknown#/calendar/}|ADDRESS|g" "$story_dir/body" >"$story_dir/unknown"
holds "is answered alike" cmp "$story_dir/revoked" "$story_dir/unknown"
mine=$(link auditor2)
holds "an auditor leaves" "$TENSTAR" "case" "do" person:auditor2 \
    person.leave 'reasons=离职' --data "$DATA" --as admin
expect "and with them the address" "$(fetch "$mine")" 404
sed "s|${mine#/calendar/}|ADDRESS|g" "$story_dir/body" >"$story_dir/left"
holds "alike" cmp "$story_dir/left" "$story_dir/unknown"

# --- what is kept of it -----------------------------------------------------

stop_server
wait "$server" || true
server=
token=$(basename "$everybody" .ics)
expect "no address is in the log" "$(grep -cF "$token" "$story_dir/log")" 0
expect "routes stand for them" "$(jq -r 'select(.event == "request.answered") |
    .route' "$story_dir/log" | sort -u)" "/calendar/{name}"
expect "nor in the store as text" \
    "$(grep -rlaF "$token" "$DATA" | head -n 1)" ""
# The last 30 bytes of the secret, as they are.
/usr/bin/python3 -c 'import base64, sys
sys.stdout.buffer.write(base64.urlsafe_b64decode(sys.argv[1])[-30:])' \
    "$token" >"$story_dir/secret"
expect "nor as bytes" "$(/usr/bin/python3 -c 'import pathlib, sys
secret = pathlib.Path(sys.argv[1]).read_bytes()
print(*[p for p in pathlib.Path(sys.argv[2]).rglob("*")
        if p.is_file() and secret in p.read_bytes()])' \
    "$story_dir/secret" "$DATA")" ""
holds "[17065 7.12] every journal replays and every hash is right" \
    "$TENSTAR" check --data "$DATA"

the_end
