#!/usr/bin/env bash
# mirror.sh -- somebody who keeps the whole register as files: proofs of all
# certificates of an enterprise and of none, a mirror that is brought up to
# date, served by nginx with no Tenstar behind it, asked by `tenstar verify` and
# in a browser; and a changed byte anywhere. [M24]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 12 --today $TODAY
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$story_dir/policy"
number=
for each in $("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values'); do
    "$TENSTAR" certificate show "$each" --data "$DATA" --today $TODAY --json \
        >"$story_dir/shown"
    [ "$(jq -r .status "$story_dir/shown")" = valid ] && number=$each && break
done
holds "somebody has a certificate" test -n "$number"
uscc=$(jq -r .uscc "$story_dir/shown")
nobody=91350100M000100Y43

# verify STATUS ARGUMENT...: what it says into told.
verify() {
    local want=$1 status=0
    shift
    "$TENSTAR" verify "$@" --policy "$story_dir/policy" --on $TODAY --lang en \
        >"$story_dir/told" 2>"$story_dir/err" || status=$?
    expect "$(line): the status of verify $*" "$status" "$want"
}
says() { holds "$(line): it says: $1" grep -qF -- "$1" "$story_dir/told"; }

# --- a proof of one enterprise ----------------------------------------------

"$TENSTAR" register prove "$uscc" --data "$DATA" --lang en \
    >"$story_dir/told" 2>&1 && fail "a proof without a root"
says "No root of the register was entered in the log yet"
root() { "$TENSTAR" register root --data "$DATA" --today "$1" --json; }
expect "a root is entered" "$(root $TODAY | jq .entered)" true
expect "once a day" "$(root $TODAY | jq .entered)" false
expect "tick does it the next day" "$("$TENSTAR" tick --data "$DATA" \
    --today 2026-11-25 --json >/dev/null; root 2026-11-25 | jq -r '.entered,
    .on' | tr '\n' ' ')" "false 2026-11-25 "
for each in "$uscc" $nobody; do
    holds "a proof of $each" "$TENSTAR" register prove "$each" --data "$DATA" \
        --out "$story_dir/$each.json"
done
verify 0 "$story_dir/$uscc.json"
says "These are all certificates of the enterprise $uscc"
says "$number"
verify 0 "$story_dir/$nobody.json"
says "had no certificate in this register"
sed 's/"status":"valid"/"status":"expired"/' "$story_dir/$uscc.json" \
    >"$story_dir/forged.json"
verify 1 "$story_dir/forged.json"
says "does not lead to the register's root"
sed "s/$nobody/$uscc/" "$story_dir/$nobody.json" >"$story_dir/forged.json"
verify 1 "$story_dir/forged.json"
says "does not lead to the register's root"

# --- a mirror, and what it is asked -----------------------------------------

mirror=$story_dir/mirror
make() {
    "$TENSTAR" register mirror "$mirror" --data "$DATA" --today 2026-11-25 \
        --json
}
expect "a mirror is made" "$(make | jq '.pieces == .written')" true
expect "and again nothing is written" \
    "$(make | jq -c '[.written, .files, .removed]')" "[0,0,0]"
for piece in "$mirror"/register/*/*; do
    expect "a piece is called by its hash" \
        "$(sha256sum "$piece" | cut -d' ' -f1)" "$(basename "$piece")"
done
verify 0 "$mirror"
says "The mirror is whole and unaltered"
verify 0 "$number" --from "$mirror"
says "By the register of 25 November 2026 the certificate $number is valid"
says "These are all certificates of the enterprise $uscc"
verify 0 "$uscc" --from "$mirror"
says "$number"
verify 1 00025SC9999R0M --from "$mirror"
says "That is no proof of a forgery"
verify 0 $nobody --from "$mirror"
says "had no certificate in this register"

# --- a byte is another ------------------------------------------------------

# altered FILE: the whole mirror is refused, or says what it cannot be sure of.
altered() {
    local kept at size
    kept=$story_dir/kept
    cp "$1" "$kept"
    size=$(stat -c %s "$1")
    for at in 0 $((size / 2)) $((size - 1)); do
        {
            head -c "$at" "$kept"
            printf 'X'
            tail -c +$((at + 2)) "$kept"
        } >"$1"
        cmp -s "$1" "$kept" && continue
        "$TENSTAR" verify "$mirror" --policy "$story_dir/policy" --on $TODAY \
            --json >"$story_dir/out" 2>"$story_dir/err" || true
        expect "byte $at of ${1#"$mirror"/}" \
            "$(jq -r .verdict "$story_dir/out" | grep -c '^holds$')" 0
    done
    cp "$kept" "$1"
}
find "$mirror" -type f | sort >"$story_dir/files"
while read -r file; do altered "$file"; done <"$story_dir/files"
verify 0 "$mirror"

# --- served by nginx, with no Tenstar behind it -----------------------------

chmod 755 "$story_dir" # nginx's workers are somebody else

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
cat >"$story_dir/nginx.conf" <<END
daemon off;
pid $story_dir/nginx.pid;
error_log $story_dir/nginx.log;
events {}
http {
    access_log off;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path $story_dir/body;
    proxy_temp_path $story_dir/proxy;
    fastcgi_temp_path $story_dir/fastcgi;
    uwsgi_temp_path $story_dir/uwsgi;
    scgi_temp_path $story_dir/scgi;
    server {
        listen 127.0.0.1:$port;
        root $mirror;
    }
}
END
if command -v nginx >/dev/null; then
    nginx -c "$story_dir/nginx.conf" 2>"$story_dir/nginx.err" &
else
    python3 -m http.server "$port" --bind 127.0.0.1 --directory "$mirror" \
        >"$story_dir/nginx.err" 2>&1 &
fi
server=$!
site=http://127.0.0.1:$port
for _ in $(seq 100); do
    curl -sf "$site/register.json" >/dev/null && break
    sleep 0.1
done
verify 0 "$number" --from "$site"
says "By the register of 25 November 2026 the certificate $number is valid"
verify 1 00025SC9999R0M --from "$site"
says "That is no proof of a forgery"
options=()
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    options=(--experimental-global-webcrypto)
status=0
node "${options[@]}" tests/page/mirror.mjs "$site" "$number" "$uscc" \
    00025SC9999R0M ${PICTURES+"$PICTURES"} >"$story_dir/said" \
    2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "the page ends well" "$status" 0
while read -r each; do
    case $each in
    "ok "*) pass ;;
    *) fail "the page: $each" ;;
    esac
done <"$story_dir/said"

the_end
