#!/usr/bin/env bash
# serve.sh -- the server as its visitors and its operator meet it: pages and
# JSON, what is refused, what nobody learns, work beside it, its log, its end.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --today $TODAY
for n in $("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values'); do
    "$TENSTAR" certificate show "$n" --data "$DATA" --today $TODAY --json
done >"$story_dir/shown"
expect "has a certificate of every standing" \
    "$(jq -s -c 'map(.status) | unique' "$story_dir/shown")" \
    '["cancelled","suspended","valid","withdrawn"]'
expect "and of every history" \
    "$(jq -s -r 'map(.history[].act)|unique|join(" ")' "$story_dir/shown")" \
    'cancelled issued reduced reissued restored suspended withdrawn'

# --- starting ---------------------------------------------------------------

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT

# On a free port, which is the first thing it says.
mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
site=http://127.0.0.1:$port

# ask PATH [CURL-OPTION...]: head and body into files, the status printed.
ask() {
    local path=$1
    shift
    : >"$story_dir/body"
    curl -sS -D "$story_dir/head" -o "$story_dir/body" -w '%{http_code}' \
        "$@" "$site$path"
}
header() {
    tr -d '\r' <"$story_dir/head" | sed -n "s/^$1: //Ip"
}
body_has() { grep -qF -- "$1" "$story_dir/body"; }

expect "the first answer" "$(ask /)" 200
expect "a page" "$(header content-type)" "text/html; charset=utf-8"

# --- languages --------------------------------------------------------------

ask / -H 'Accept-Language: zh-CN,zh;q=0.9,en;q=0.5' >/dev/null
expect "Chinese for who prefers it" "$(header content-language)" zh-CN
holds "and says so" body_has '<html lang="zh-CN">'
ask / -H 'Accept-Language: en-US,en;q=0.9' >/dev/null
expect "English for who prefers that" "$(header content-language)" en
holds "and says so" body_has '<html lang="en">'
ask '/?lang=en' -H 'Accept-Language: zh' -c "$story_dir/jar" >/dev/null
ask /help -H 'Accept-Language: zh' -b "$story_dir/jar" >/dev/null
expect "the switch is kept" "$(header content-language)" en

# --- a certificate, as a page and for programs ------------------------------

number=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[].certificate | values][0]')
expect "its page" "$(ask "/c/$number")" 200
holds "names it" body_has "$number"
holds "and the address it is found at" body_has ">$site/c/$number<"
expect "for programs" "$(ask "/api/v1/certificates/$number")" 200
expect "as JSON" "$(header content-type)" "application/json; charset=utf-8"
expect "what the register says" "$(jq -cS . "$story_dir/body")" \
    "$("$TENSTAR" certificate show "$number" --data "$DATA" --today $TODAY \
        --json | jq -cS .)"
tag=$(header etag)
expect "asked again" "$(ask "/api/v1/certificates/$number" \
    -H "If-None-Match: $tag")" 304
expect "nothing is sent twice" "$(wc -c <"$story_dir/body")" 0
expect "another number" "$(ask /api/v1/certificates/00000SC9999R0M)" 404
expect "is a problem" "$(jq -r '[.status, .code, .id] | join(" ")' \
    "$story_dir/body")" "404 not_found lookup.number"
expect "and no page" "$(ask /c/00000SC9999R0M)" 404

size=$(ask "/c/$number" >/dev/null && wc -c <"$story_dir/body")
expect "HEAD" "$(ask "/c/$number" --head)" 200
expect "has the size" "$(header content-length)" "$size"

# --- what protects the reader -----------------------------------------------

ask / >/dev/null
expect "no type is guessed" "$(header x-content-type-options)" nosniff
expect "nothing from elsewhere, nothing inline" \
    "$(header content-security-policy | grep -c "default-src 'none'")" 1
expect "nobody frames it" \
    "$(header content-security-policy | grep -c "frame-ancestors 'none'")" 1
expect "nobody learns where the reader was" "$(header referrer-policy)" \
    same-origin

# --- what is refused --------------------------------------------------------

long() { head -c "$1" /dev/zero | tr '\0' a; }
expect "a wrong method" "$(ask / -X POST)" 405
expect "says which are right" "$(header allow)" "GET, HEAD, OPTIONS"
expect "a body where none belongs" "$(ask / -X GET -d x)" 415
expect "a way out" "$(ask /assets/%2e%2e/%2e%2e/etc/passwd)" 400
expect "an address that is too long" "$(ask "/$(long 5000)")" 414
expect "a head that is too big" "$(ask / -H "X-Big: $(long 9000)")" 431
expect "a head beyond all measure" "$(ask / -H "X-Big: $(long 90000)")" 431
expect "others are answered as before" "$(ask /)" 200

# --- what nobody learns [LU1] -----------------------------------------------

# What people wrote, earned, paid and were in the cases, but for what the
# register is there to show; of some length, so as not to be there by chance.
"$TENSTAR" case list --data "$DATA" --json | jq -r '.[].number' |
    while read -r c; do
        "$TENSTAR" case history "$c" --data "$DATA" --json
        "$TENSTAR" case show "$c" --data "$DATA" --json
    done >"$story_dir/cases"
{
    jq -r '.. | objects | .actor?, .reasons?, .note?, .cause?, .action?,
        .summary?, .text?, .answer?, .payer?, .lead?, .login?, .improvements?,
        .amount?, .prepayment?, .shown? | values | tostring' \
        "$story_dir/cases" | awk 'length($0) > 4' |
        grep -vxFf <(jq -r '.. | objects | .scope?, .scope_en?, .name? |
            strings' "$story_dir/cases" | sort -u)
    grep -o '示例·[^,}]*' demo/demo.yaml
    echo '¥'
} | sort -u >"$story_dir/secrets"
holds "there is much to keep" test "$(wc -l <"$story_dir/secrets")" -gt 50

: >"$story_dir/public"
for path in / /help "/?q=%E7%A4%BA%E4%BE%8B"; do
    ask "$path" >/dev/null
    cat "$story_dir/body" >>"$story_dir/public"
done
mapfile -t numbers < <("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values')
for n in "${numbers[@]}"; do
    for path in "/c/$n?lang=zh" "/c/$n?lang=en" "/api/v1/certificates/$n"; do
        expect "$path" "$(ask "$path")" 200
        cat "$story_dir/body" >>"$story_dir/public"
    done
done
expect "no reason, no fee, no score, nobody" \
    "$(grep -oFf "$story_dir/secrets" "$story_dir/public" | sort -u | head)" ""

# --- beside it --------------------------------------------------------------

# A second server on the same folder, and one for everybody to reach.
refusal() {
    local status=0
    "$TENSTAR" "$@" --json >"$story_dir/out" 2>"$story_dir/err" || status=$?
    echo "$status $(jq -r '.refused.id' "$story_dir/out")"
}
expect "one server a folder" \
    "$(refusal serve --data "$DATA" --listen 127.0.0.1:0)" "1 lock.held"
cp -r "$DATA" "$story_dir/copy"
expect "one server a port" \
    "$(refusal serve --data "$story_dir/copy" --listen "127.0.0.1:$port")" \
    "1 listen.taken"
expect "a demonstration is for this machine" \
    "$(refusal serve --data "$story_dir/copy" --listen 0.0.0.0:0)" \
    "1 serve.demonstration"
holds "checking goes on" "$TENSTAR" check --data "$DATA"

# What is issued beside it is there for the next visitor.
CASE=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[] | select(.stage == "certificate")][0].number')
done_by certificates certificate.issue
fresh=$(show .certificate.number)
expect "a new certificate" "$(ask "/c/$fresh")" 200
expect "and its entry in the log" "$(ask "/api/v1/certificates/$fresh" &&
    jq -r '.log.index | type' "$story_dir/body")" 200number
holds "checking goes on" "$TENSTAR" check --data "$DATA"

# --- its end ----------------------------------------------------------------

# read_slowly ASSET: ask for it often in one breath and read nothing, until all
# that sockets hold is full and an answer is under way; then have the server
# stop, and read.  Beside it somebody only waits.  Prints what came of both.
read_slowly() {
    python3 - "$port" "$1" "$server" <<'END'
import os, signal, socket, sys

port, asset, server = sys.argv[1:]
reader, waiter = socket.socket(), socket.socket()
reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
for s in reader, waiter:
    s.settimeout(60)
    s.connect(("127.0.0.1", int(port)))
reader.sendall(f"GET {asset} HTTP/1.1\r\nHost: a\r\n\r\n".encode() * 128)
rest = reader.recv(12)
os.kill(int(server), signal.SIGTERM)
while more := reader.recv(1 << 20):
    rest += more
answers = 0
while rest:
    head, _, body = rest.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split()[0])
    if not head.startswith(b"HTTP/1.1 200 ") or len(body) < length:
        sys.exit(print(f"answer {answers}: {len(body)} of {length} bytes"))
    rest = body[length:]
    answers += 1
print("whole" if answers else "nothing",
      "?" if waiter.recv(1) else "closed")
END
}
asset=$(curl -sS "$site/" | grep -o '/assets/pico[^"]*' | head -n 1)
expect "what is under way is answered, who only waits is sent away" \
    "$(read_slowly "$asset")" "whole closed"
status=0
wait "$server" || status=$?
server=
expect "it ends in good order" "$status" 0
expect "nobody is there any more" "$(ask / 2>/dev/null)" 000

# Behind something else it is found where that is.
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    --public-url https://demo.example/ >"$story_dir/said" \
    2>"$story_dir/behind" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
site=http://127.0.0.1:$port
expect "behind a proxy" "$(ask "/c/$number")" 200
holds "the proxy's address" body_has ">https://demo.example/c/$number<"
stop_server
wait "$server" || true
server=

# --- its log ----------------------------------------------------------------

# A JSON object a line, with these fields, and nothing of who asked for what.
fields='bytes end event level method micros peer request route status time'
expect "every line is whole" "$(jq -r 'select(.event == "request.answered") |
    keys | join(" ")' "$story_dir/log" | sort -u)" "$fields"
expect "nothing else is said, but of the register and the day's work" \
    "$(jq -r 'select(.event != "request.answered") | .event' \
        "$story_dir/log" | sort | paste -sd ' ')" "feed.made tick.done"
expect "with counts and no names" "$(jq -r 'select(.event == "tick.done") |
    keys | join(" ")' "$story_dir/log")" \
    "event expired failed held level opened overdue time today"
expect "routes stand for addresses" "$(jq -r 'select(.status == 200 and
    .method == "HEAD") | .route' "$story_dir/log")" "/c/{number}"
expect "no request twice" "$(jq -r '.request // empty' "$story_dir/log" | sort |
    uniq -d)" ""
expect "no number, no search, no address" "$(grep -cE \
    "$number|%E7|127\.0\.0\.1\"" "$story_dir/log")" 0

the_end
