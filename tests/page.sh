#!/usr/bin/env bash
# page.sh -- the page /verify: its modules by themselves (tests/page/units.mjs,
# and pdf.mjs for signatures of PDF files), and whole in Debian's Chromium,
# served and saved (tests/page/browser.mjs); all other pages that anybody may
# read (tests/page/public.mjs); and lists that narrow while one types
# (tests/page/typing.mjs).

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
NUMBER=00025SC0001R0M
samples=$story_dir/samples
mkdir "$samples"
holds "the samples are made" build/foreign_samples "$samples"
holds "a log at many sizes" build/log_sizes "$story_dir/sizes"

# Debian 12's Node 18 has WebCrypto only when it is asked for.
options=()
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    options=(--experimental-global-webcrypto)

# script NAME ARGUMENT...: each line it says is a check, "ok WHAT".
script() {
    local status=0 line
    node "${options[@]}" "tests/page/$1.mjs" "${@:2}" >"$story_dir/said" \
        2>"$story_dir/err" || status=$?
    [ "$status" = 0 ] || cat "$story_dir/err" >&2
    expect "$1 ends well" "$status" 0
    holds "$1 checks something" grep -q '^ok ' "$story_dir/said"
    while read -r line; do
        case $line in
        "ok "*) pass ;;
        *) fail "$1: $line" ;;
        esac
    done <"$story_dir/said"
}
script units "$samples" "$story_dir/sizes"
mkdir "$story_dir/papers"
holds "papers signed by OpenSSL" node tests/page/papers.mjs "$story_dir/papers"
script pdf "$story_dir/papers" "$TENSTAR"

# --- a demonstration, served on a free port ---------------------------------

holds "a demonstration" "$TENSTAR" demo "$DATA" --today $TODAY
holds "a proof from its log" "$TENSTAR" log proof $NUMBER --data "$DATA" \
    --out "$story_dir/entry.tlog-proof"
paper=$story_dir/paper.pdf
holds "its paper, signed" "$TENSTAR" certificate pdf $NUMBER --data "$DATA" \
    --out "$paper" --lang zh --today $TODAY
server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/port"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/port" 2>"$story_dir/log" &
server=$!
port=$(jq --unbuffered -n 'input.port' <"$story_dir/port")

# It stays small enough for a phone on a slow line.
curl -sS "http://127.0.0.1:$port/verify?lang=en" >"$story_dir/verify.html"
packed=$(gzip -9 <"$story_dir/verify.html" | wc -c)
expect "the page packed is under 150 KB" "$((packed < 150000))" 1

# --- in the browser --------------------------------------------------------

holds "a picture of the code" \
    qrencode -l M -s 4 -o "$samples/qr.png" -r "$samples/qr.txt"
film() { node tests/page/camera.mjs "$story_dir/film.y4m" <"$samples/qr.txt"; }
holds "a film of the code" film
pictures=()
[ -z "${PICTURES-}" ] || pictures=("$PICTURES")
script public "http://127.0.0.1:$port" $NUMBER "${pictures[@]}"
script typing "http://127.0.0.1:$port" $NUMBER
script browser "$samples" "http://127.0.0.1:$port" \
    "$story_dir/entry.tlog-proof" "$paper" $NUMBER "$story_dir/film.y4m" \
    "${pictures[@]}"

the_end
