#!/usr/bin/env bash
# lookup.sh -- programs that ask the register: answered from what was made
# beforehand, never as it was before an act; numbers that were mistyped; what
# becomes of the copy when the server dies, and when the copy is damaged.
# [M21] [M24] [M25]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"

# made: how often this server has made the whole copy.
made() { grep -c '"event":"feed.made"' "$story_dir/log" || true; }

# start_server: until its copy of the register is whole.
start_server() {
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY \
        --json >"$story_dir/said" 2>"$story_dir/log" &
    server=$!
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
    at=http://127.0.0.1:$port/api/v1/certificates
}
start_server

# wait_made: at most ten seconds.
wait_made() {
    for _ in $(seq 200); do
        [ "$(made)" -gt 0 ] && return
        sleep 0.05
    done
    return 1
}

# A case whose certificate is valid.
is_valid() {
    [ "$("$TENSTAR" certificate show "$1" --data "$DATA" --today $TODAY \
        --json | jq -r .status)" = valid ]
}
while read -r CASE NUMBER; do
    is_valid "$NUMBER" && break
done < <("$TENSTAR" case list --data "$DATA" --as quality --json |
    jq -r '.[] | select(.certificate) | "\(.number) \(.certificate)"')

# fetch PATH [CURL-OPTION...]: the body into a file, the head into another, the
# status printed.
fetch() {
    curl -sS -D "$story_dir/head" -o "$story_dir/body" -w '%{http_code}' \
        "${@:2}" "$at$1"
}
# field NAME: of the head.
field() { tr -d '\r' <"$story_dir/head" | sed -n "s/^$1: //Ip"; }

# --- an answer --------------------------------------------------------------

expect "it is there before the copy is, too" "$(fetch "/$NUMBER")" 200
cp "$story_dir/body" "$story_dir/from-store"
holds "the copy is made" wait_made
expect "the copy answers" "$(fetch "/$NUMBER")" 200
holds "as the store does, to the letter" \
    cmp "$story_dir/from-store" "$story_dir/body"
tag=$(field ETag)
expect "who has it is told so" \
    "$(fetch "/$NUMBER" -H "If-None-Match: $tag")" 304
expect "for a minute anybody may keep it" "$(field Cache-Control)" \
    "public, max-age=60"
expect "scripts of other sites may read it" \
    "$(field Access-Control-Allow-Origin)" '*'
expect "only its head is given as well" \
    "$(curl -sS -I -o /dev/null -w '%{http_code} %{size_download}' \
        "$at/$NUMBER")" "200 0"
expect "compressed where that is taken" \
    "$(fetch "/$NUMBER" -H 'Accept-Encoding: gzip')" 200
expect "it is called gzip" "$(field Content-Encoding)" gzip
expect "and holds the same" "$(gzip -dc <"$story_dir/body" | sha256sum)" \
    "$(sha256sum <"$story_dir/from-store")"
expect "a script may ask for many" \
    "$(curl -sS -X OPTIONS -D "$story_dir/head" -o /dev/null "$at";
        field Access-Control-Allow-Methods)" "GET, HEAD, POST"

# --- acts, by another program, twenty times ---------------------------------

stale=0
stands() { curl -sS "$at/$NUMBER" | jq -r .status; }
for _ in $(seq 10); do
    done_by certificates certificate.suspend code=0111 \
        reasons="热线停用" confirmed=$TODAY
    [ "$(stands)" = suspended ] || stale=$((stale + 1))
    done_by reviewer certificate.restore reasons="已整改"
    [ "$(stands)" = valid ] || stale=$((stale + 1))
done
expect "nothing is answered as it was before the act" "$stale" 0

# --- mistyped ---------------------------------------------------------------

expect "a number with a letter O" "$(fetch "/O${NUMBER#0}")" 404
expect "leads to the one that was meant" "$(jq -r '.near[0]' \
    "$story_dir/body")" "$NUMBER"
expect "proves no forgery" "$(jq -r .means "$story_dir/body" |
    grep -c 不等于证书是伪造的)" 1
expect "the page says so, too" \
    "$(curl -sS "http://127.0.0.1:$port/c/O${NUMBER#0}" |
        grep -c "href=\"/c/$NUMBER\"")" 1
expect "two signs that changed places" \
    "$(curl -sS "$at/${NUMBER:1:1}${NUMBER:0:1}${NUMBER:2:7}${NUMBER:10:1}\
${NUMBER:9:1}${NUMBER:11}" | jq -r '.near[0]')" "$NUMBER"

# --- many, by code, by name -------------------------------------------------

printf '{"numbers":["%s","X1"]}' "$NUMBER" >"$story_dir/many"
expect "several at once" "$(fetch "" -H 'Content-Type: application/json' \
    --data-binary "@$story_dir/many")" 200
expect "in the order they were asked for" \
    "$(jq -r '[.answers[] | .certificate.number // "none"] | join(" ")' \
        "$story_dir/body")" "$NUMBER none"
jq -n '{numbers: [range(101) | tostring]}' >"$story_dir/many"
expect "a hundred and one are too many" "$(fetch "" \
    -H 'Content-Type: application/json' --data-binary "@$story_dir/many")" 413
uscc=$(jq -r .uscc "$story_dir/from-store")
expect "those of an enterprise" "$(fetch "?uscc=$uscc")" 200
expect "are found by its code" "$(jq -r --arg n "$NUMBER" \
    '[.certificates[].number] | index($n) != null' "$story_dir/body")" true
expect "who asks for nobody is told" "$(fetch "?uscc=")" 400

# --- of another body --------------------------------------------------------

{
    echo number,holder,uscc,body,criterion,issued,until,status
    echo "ZZ-2025-0001,示例锁业有限公司,91330100799655058B,别的机构,\
GB/T 27922-2011,2025-03-01,2028-02-29,valid"
} >"$story_dir/others.csv"
holds "a file of another body's goes in" "$TENSTAR" register import \
    "$story_dir/others.csv" --data "$DATA" --as admin --today $TODAY
expect "and is found at once" "$(fetch "/ZZ-2025-0001")" 200
expect "with whose it is" "$(jq -r .issuer.name.zh "$story_dir/body")" \
    别的机构
sleep 1.5
expect "by the copy as well" "$(fetch "/zz-2025-0001")" 200
expect "to the letter" "$(jq -r .status "$story_dir/body")" valid

# --- the copy ---------------------------------------------------------------

expect "no other program makes it meanwhile" \
    "$("$TENSTAR" register rebuild --data "$DATA" >/dev/null 2>&1;
        echo $?)" 1
{
    kill -KILL "$server"
    wait "$server" || true
} 2>/dev/null
start_server
sleep 1.5
expect "a server that died finds it whole" "$(made)" 0
expect "and answers" "$(fetch "/ZZ-2025-0001")" 200
stop_server
wait "$server" || true
holds "it is made again beforehand" "$TENSTAR" register rebuild \
    --data "$DATA" --today $TODAY --json
expect "with all there is" "$(jq '.answers >= 2 and .left_out == 0' \
    "$story_dir/out")" true
for page in 0 1; do
    printf 'this is not a book of ours......' |
        dd of="$DATA/register/answers.mdb" bs=4096 seek=$page conv=notrunc \
            status=none
done
start_server
holds "a damaged one is made again" wait_made
expect "and answers as ever" "$(fetch "/$NUMBER")" 200
expect "what the store says" "$(jq -r .status "$story_dir/body")" valid
rm -r "$DATA/register"
expect "one that was taken away under the server is missed by nobody" \
    "$(fetch "/$NUMBER")" 200
stop_server
wait "$server" || true
holds "and everything agrees" "$TENSTAR" check --data "$DATA"

the_end
