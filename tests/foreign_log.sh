#!/usr/bin/env bash
# foreign_log.sh -- the transparency log, read by programs that nobody here
# wrote: golang.org/x/mod/sumdb (note, tlog) and @sigstore/verify.  Both take
# ours, and both refuse each altered copy.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

root=$PWD
# Debian's Go packages, and no module fetched from anywhere.
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS='' GOPROXY=off
export GOCACHE=$story_dir/go-cache
checker=$story_dir/tlogcheck
holds "the adapter to x/mod builds" go build -o "$checker" \
    tests/foreign/tlogcheck.go

# --- every small size, and where tiles fill up --------------------------------

sizes=$story_dir/sizes
holds "a log at many sizes" "$(dirname "$TENSTAR")/log_sizes" "$sizes"
vkey=$(cat "$sizes/vkey")
mapfile -t checkpoints < <(find "$sizes/checkpoint" -type f | sort -V)
expect "sizes" "${#checkpoints[@]}" 308
expect "x/mod: notes, entries, tiles, inclusion, consistency" \
    "$("$checker" "$vkey" "$sizes" "${checkpoints[@]}")" \
    "PASS 308 checkpoints 70000 entries"
expect "x/mod: our own proofs" "$("$checker" -proofs "$vkey" "$sizes" |
    cut -d ' ' -f 1-3)" "PASS 918 proofs"

sigstore() { node "$root/tests/foreign/sigstore.js" "$@"; }
mapfile -t proofs < <(find "$sizes/proof" -type f)
expect "sigstore: our own proofs" "$(sigstore "$vkey" "${proofs[@]}")" \
    "PASS 918 proofs"

# C2SP's example: what a log of 70,000 entries has.
tiles() { find "$sizes/tile/$1" -type f -path "*$2" | wc -l; }
expect "full tiles of level 0" "$(find "$sizes/tile/0" -type f -size 8192c |
    wc -l)" 273
expect "one of width 112" "$(tiles 0 /273.p/112)" 1
expect "level 1: a full one" "$(tiles 1 /000)" 1
expect "and one of width 17" "$(tiles 1 /001.p/17)" 1
expect "level 2: one of width 1" "$(tiles 2 /000.p/1)" 1
expect "no empty file" "$(find "$sizes/tile" -type f -empty | wc -l)" 0

# --- what was altered ---------------------------------------------------------

# altered FILE OFFSET: the byte there is another one, until put_back.
altered() {
    local byte
    cp "$1" "$story_dir/before"
    changed=$1
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    printf '%b' "\\x$(printf '%02x' $((byte ^ 1)))" |
        dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
put_back() { cp "$story_dir/before" "$changed"; }

# at_size N: does x/mod take the log at this size?
at_size() { "$checker" "$vkey" "$sizes" "$sizes/checkpoint/$1" >/dev/null; }
refuses() { ! "$@"; }

holds "before anything is altered" at_size 300
altered "$sizes/checkpoint/300" 0
holds "another origin" refuses at_size 300
put_back
altered "$sizes/checkpoint/300" 22
holds "another size" refuses at_size 300
put_back
altered "$sizes/checkpoint/300" 30
holds "another root" refuses at_size 300
put_back
altered "$sizes/checkpoint/300" 130
holds "another signature" refuses at_size 300
put_back
altered "$sizes/tile/0/001.p/44" 33
holds "another hash in a tile" refuses at_size 300
put_back
altered "$sizes/tile/0/000" 8191
holds "another hash in a full tile" refuses at_size 300
put_back
altered "$sizes/tile/1/000.p/1" 5
holds "another hash above" refuses at_size 300
put_back
altered "$sizes/tile/entries/001.p/44" 4
holds "another entry" refuses at_size 300
put_back
holds "put back again" at_size 300

proof=$sizes/proof/300-150
takes() { sigstore "$vkey" "$proof" >/dev/null; }
holds "sigstore takes the proof" takes
lines=$(wc -c <"$proof")
for at in 30 60 400 $((lines - 20)) $((lines - 200)); do
    altered "$proof" "$at"
    holds "sigstore refuses it with byte $at altered" refuses takes
    put_back
done
holds "and takes it again" takes

# --- what the program exports and proves --------------------------------------

holds "a demonstration" "$TENSTAR" demo "$DATA" --today 2026-11-24
holds "its log, exported" "$TENSTAR" log export "$story_dir/exported" \
    --data "$DATA"
own=$("$TENSTAR" log vkey --data "$DATA")
expect "x/mod takes it" "$("$checker" "$own" "$story_dir/exported" \
    "$story_dir/exported/checkpoint" | cut -d ' ' -f 1-3)" "PASS 1 checkpoints"
size=$("$TENSTAR" log show --data "$DATA" --json | jq .size)
for i in 0 $((size / 2)) $((size - 1)); do
    holds "a proof of entry $i" "$TENSTAR" log proof "$i" --data "$DATA" \
        --out "$story_dir/$i.tlog-proof"
    expect "sigstore takes it" \
        "$(sigstore "$own" "$story_dir/$i.tlog-proof")" "PASS 1 proofs"
done
number=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[].certificate | values][0]')
holds "a proof of a certificate" "$TENSTAR" log proof "$number" \
    --data "$DATA" --out "$story_dir/c.tlog-proof"
expect "sigstore takes it" "$(sigstore "$own" "$story_dir/c.tlog-proof")" \
    "PASS 1 proofs"

# --- what a witness has cosigned ----------------------------------------------

mkdir "$story_dir/witness"
printf 'log %s\nquorum none\n' "$own" >"$story_dir/witness/logs.policy"
mkfifo "$story_dir/said"
"$TENSTAR" witness --data "$story_dir/witness" --name witness.example \
    --listen 127.0.0.1:0 --json >"$story_dir/said" 2>"$story_dir/log" &
witness=$!
trap 'kill "$witness" 2>/dev/null; wait; rm -rf "$story_dir"' EXIT
said=$(jq --unbuffered -c -n input <"$story_dir/said")
by=$(jq -r .vkey <<<"$said")
holds "a witness is named" "$TENSTAR" log witness add one "$by" \
    "http://127.0.0.1:$(jq .port <<<"$said")" --as admin --data "$DATA"
holds "and asked" "$TENSTAR" log witness ask --data "$DATA"
"$TENSTAR" log checkpoint --data "$DATA" >"$story_dir/cosigned"
expect "x/mod takes both signatures" \
    "$("$checker" -cosigned "$story_dir/cosigned" "$own" "$by")" \
    "PASS 2 signatures, 0 of others"
expect "and the log's alone" \
    "$("$checker" -cosigned "$story_dir/cosigned" "$own")" \
    "PASS 1 signatures, 1 of others"
last=$(wc -c <"$story_dir/cosigned")
cosigned() { "$checker" -cosigned "$story_dir/cosigned" "$own" "$by"; }
for at in 20 $((last - 20)) $((last - 90)); do
    altered "$story_dir/cosigned" "$at"
    holds "x/mod refuses it with byte $at altered" refuses cosigned
    put_back
done
holds "and takes it again" cosigned
holds "a proof brings it along" "$TENSTAR" log proof 0 --data "$DATA" \
    --out "$story_dir/cosigned.tlog-proof"
expect "sigstore takes it" \
    "$(sigstore "$own" "$story_dir/cosigned.tlog-proof")" "PASS 1 proofs"
holds "so does an export" "$TENSTAR" log export "$story_dir/exported" \
    --data "$DATA"
expect "x/mod takes that, too" "$("$checker" -cosigned \
    "$story_dir/exported/checkpoint" "$own" "$by")" \
    "PASS 2 signatures, 0 of others"

# --- while the log changes its key --------------------------------------------

holds "the next key is made" "$TENSTAR" key make log --data "$DATA" --as admin
holds "and the witness asked" "$TENSTAR" log witness ask --data "$DATA"
mapfile -t both < <("$TENSTAR" log vkey --data "$DATA")
expect "the old one is told, too" "${both[1]}" "$own"
"$TENSTAR" log checkpoint --data "$DATA" >"$story_dir/cosigned"
expect "x/mod takes three signatures" "$("$checker" -cosigned \
    "$story_dir/cosigned" "${both[@]}" "$by")" "PASS 3 signatures, 0 of others"
holds "a proof" "$TENSTAR" log proof 0 --data "$DATA" \
    --out "$story_dir/both.tlog-proof"
for key in "${both[@]}"; do
    expect "sigstore takes it by ${key:0:30}" \
        "$(sigstore "$key" "$story_dir/both.tlog-proof")" "PASS 1 proofs"
    holds "a copy" "$TENSTAR" log export "$story_dir/exported" --data "$DATA"
    expect "x/mod takes the copy by it" "$("$checker" "$key" \
        "$story_dir/exported" "$story_dir/exported/checkpoint" |
        cut -d ' ' -f 1-3)" "PASS 1 checkpoints"
done

the_end
