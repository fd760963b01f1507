#!/usr/bin/env bash
# mail.sh -- mails on their way to a server that nobody here wrote: taken,
# refused for now and for good, repeated, and none lost.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

running=
stop_all() {
    local p
    for p in $running; do
        kill -TERM "$p" 2>/dev/null || true
        wait "$p" 2>/dev/null || true
    done
}
trap 'stop_all; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"

box=$story_dir/box # what the server took
mkdir "$box"

# mail_server [USER PASSWORD [KEY CERT]]: one that listens on $port.
mail_server() {
    node tests/foreign/mail/server.mjs "$box" "$@" >"$story_dir/said" \
        2>"$story_dir/server.err" &
    smtp=$!
    running="$running $smtp"
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
}
other_server() {
    kill -TERM "$smtp"
    wait "$smtp" 2>/dev/null || true
    mail_server "$@"
}

# mail WORD...: tenstar mail, what it says into out.
mail() {
    "$TENSTAR" mail "$@" --data "$DATA" --today "$TODAY" --lang en \
        >"$story_dir/out" 2>"$story_dir/err"
}
# fails WHAT ID WORD...: it is refused.
fails() {
    local what=$1 id=$2
    shift 2
    if mail "$@" --json; then
        fail "$what: went through"
    else
        expect "$what" "$(jq -r .refused.id "$story_dir/out")" "$id"
    fi
}
use() { mail set --server "$1" --from office@body.example --as admin "${@:2}"; }
# digest NAME: what waits for the newcomer, for the reader NAME.
digest() {
    holds "a mail to $1 is put in the outbox" mail digest newcomer \
        "$1@hotel.example" --as newcomer
}
# of NAME FILTER: of the list, the mail to the reader NAME; several at a time
# have the same fate.
of() {
    mail list --as admin --show --json && jq -r "[.[] | select(.to |
        startswith(\"$1@\"))][0] | $2" "$story_dir/out"
}
# sends WHAT STATUS SENT/WAITING/GIVEN_UP
sends() {
    local status=0
    mail send --json || status=$?
    expect "$1" "$status $(jq -r '"\(.sent)/\(.waiting)/\(.given_up)"' \
        "$story_dir/out")" "$2 $3"
}
taken() { find "$box" -name '*.eml' | wc -l; }
# soon COMMAND...: it succeeds, now or within a minute.
soon() {
    local tries=600
    while [ $((tries -= 1)) -gt 0 ]; do
        "$@" && return 0
        sleep 0.1
    done
    return 1
}

founded 2026-03-02
use_scheme schemes/ten-star
opened ten

# --- nothing is set -----------------------------------------------------------

digest good
fails "without a server nothing is sent" outbox.no_server send
fails "nor tested" outbox.no_server test lin@hotel.example --as admin
expect "and it waits" "$(of good '"\(.state) \(.tries)"')" "waiting 0"
fails "an address is checked" mime.address digest newcomer nobody --as newcomer
fails "nobody but an administrator says which server" outbox.names \
    set --server smtp://127.0.0.1 --from a@b.example --as head
fails "a server is no page" mail.server set --server http://127.0.0.1 \
    --from a@b.example --as admin
fails "nobody else sees the outbox" outbox.names list --as head

# --- taken --------------------------------------------------------------------

mail_server
holds "the server is set" use "smtp://127.0.0.1:$port"
sends "it is sent" 0 1/0/0
expect "once" "$(taken)" 1
holds "Python reads it" tests/foreign/mail/read.py "$box/1.eml"
cp "$story_dir/out" "$story_dir/first"
first() { jq -r "$1" "$story_dir/first"; }
expect "without fault" "$(first '.defects|length')" 0
expect "for whom" "$(first .to)" "good@hotel.example"
expect "both forms" "$(first '.types|join(" ")')" \
    "multipart/alternative text/plain text/html"
expect "the day is the row's" "$(first '.date|.[0:10]')" "$TODAY"
expect "its id is the row's" "$(first .id)" \
    "<$(of good .id)@body.example>"
expect "short lines" "$(first '.longest <= 78 and (.bare|not) and .ascii')" \
    true
expect "what waits" "$(first .text | grep -c '^- Apply for certification')" 1
expect "in both" "$(first .html | grep -c 'Apply for certification')" 1
holds "in Chinese too" "$TENSTAR" mail digest newcomer good@hotel.example \
    --as newcomer --data "$DATA" --today "$TODAY" --lang zh
sends "it is sent" 0 1/0/0
holds "Python reads it" tests/foreign/mail/read.py "$box/2.eml"
expect "the subject" "$(jq -r .subject "$story_dir/out" |
    grep -c '有 1 项事务等您处理$')" 1
expect "the text" "$(jq -r .text "$story_dir/out" | tr -d '\r' | head -n 1 |
    grep -c '您好！$')" 1
expect "no fault either" "$(jq '.defects|length' "$story_dir/out")" 0
holds "a test" mail test lin@hotel.example --as admin
expect "goes at once" "$(taken)" 3
mail list --as admin --show --json
expect "and stands in no list" "$(grep -c lin@ "$story_dir/out" || true)" 0

# --- refused ------------------------------------------------------------------

digest later
sends "for now: it waits" 1 0/1/0
expect "and it is said" "$(of later '"\(.state) \(.fault) \(.status)"')" \
    "waiting later 451"
sends "and is sent later" 0 1/0/0
digest never
sends "for good: it is given up" 1 0/0/1
expect "and it is said" "$(of never '"\(.state) \(.fault) \(.status)"')" \
    "given_up refused 550"
digest spam
sends "after the mail likewise" 1 0/0/1
sends "given up is given up" 0 0/0/0
fails "a test says why" mail.refused test never@hotel.example --as admin

# --- cut, and repeated --------------------------------------------------------

before=$(taken)
digest drop
sends "nobody knows whether it was taken" 1 0/1/0
expect "so it waits" "$(of drop '"\(.state) \(.fault)"')" "waiting unreached"
sends "and is repeated" 0 1/0/0
expect "twice" "$(taken)" $((before + 2))
holds "the same to the byte, and so is its Message-ID" cmp \
    "$box/$((before + 1)).eml" "$box/$((before + 2)).eml"

# --- who dies -----------------------------------------------------------------

before=$(taken)
digest hang
TODAY=2026-03-03
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/served" 2>"$story_dir/log" &
server=$!
running="$running $server"
holds "a server hands it over by itself" soon test -f "$box/hangs"
kill -KILL "$server"
wait "$server" 2>/dev/null || true
expect "what it had in its hands waits" "$(of hang '"\(.state) \(.tries)"')" \
    "waiting 1"
sends "nobody takes it for five minutes" 0 0/0/0
TODAY=2026-03-04
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/served" 2>"$story_dir/log" &
server=$!
running="$running $server"
is_sent() { [ "$(of hang .state)" = sent ]; }
holds "and then the next server does" soon is_sent
kill -TERM "$server"
wait "$server" || true
expect "once" "$(taken)" $((before + 1))
expect "its log says so, not to whom" "$(jq -r 'select(.event == "mail.sent")
    | "\(.kind) \(.tries)"' "$story_dir/log") $(grep -c hotel.example \
    "$story_dir/log" || true)" "waiting 2 0"

# --- a user, and TLS ----------------------------------------------------------

other_server office "correct horse"
digest user
holds "a server that wants a user" use "smtp://127.0.0.1:$port"
sends "gets none" 1 0/1/0
expect "and it is said" "$(of user '"\(.state) \(.fault)"')" "waiting login"
echo "wrong" >"$story_dir/password"
holds "a wrong password" use "smtp://127.0.0.1:$port" --user office \
    --password "$story_dir/password"
fails "is no password" mail.login test lin@hotel.example --as admin
expect "nobody is given up for it" "$(of user .state)" waiting
echo "correct horse" >"$story_dir/password"
set_by_stdin() {
    use "smtp://127.0.0.1:$port" --user office --password - \
        <"$story_dir/password"
}
holds "the right one, from standard input" set_by_stdin
sends "is taken" 0 1/0/0
expect "the store does not know it" "$(grep -c "correct horse" \
    "$DATA/tenstar.db" || true)" 0
fails "a password wants a user" outbox.password set --server \
    "smtp://127.0.0.1:$port" --from a@b.example --password \
    "$story_dir/password" --as admin

openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=mail.example \
    -addext "subjectAltName=IP:127.0.0.1,IP:127.0.0.2" \
    -keyout "$story_dir/key.pem" -out "$story_dir/cert.pem" 2>"$story_dir/err"
holds "beyond this machine" use "smtp://127.0.0.2:$port"
fails "nothing goes without TLS" mail.unsafe test lin@hotel.example --as admin
other_server - - "$story_dir/key.pem" "$story_dir/cert.pem"
holds "a certificate of nobody we know" use "smtp://127.0.0.2:$port"
fails "is not trusted" mail.unsafe test lin@hotel.example --as admin
holds "unless it is named" use "smtp://127.0.0.2:$port" \
    --authority "$story_dir/cert.pem"
digest good
sends "then STARTTLS carries it" 0 1/0/0

# --- not reached --------------------------------------------------------------

digest last
holds "nobody listens" use smtp://127.0.0.1:1
sends "it waits" 1 0/1/0
TODAY=2026-03-05
sends "and after a day it is given up" 1 0/0/1
expect "which is said" "$(of last '"\(.state) \(.fault) \(.tries)"')" \
    "given_up unreached 2"
holds "the list" mail list --as admin
expect "says it in words" "$(grep -cx \
    "  why: the server was not reached, or the connection broke" \
    "$story_dir/out")" 1
expect "without addresses" "$(grep -c hotel.example "$story_dir/out" || true)" 0
checked

stop_all
running=
the_end
