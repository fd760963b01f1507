#!/usr/bin/env bash
# from.sh -- a buyer with a network: `tenstar verify --from URL` proves by what
# a body or a mirror serves what it proves by a folder, in the same words;
# mirrors that lie, and servers that lead away, never end or have nothing.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY
holds "its log is signed" "$TENSTAR" log checkpoint --data "$DATA" \
    --today $TODAY
copy=$story_dir/web/good
holds "and copied" "$TENSTAR" log export "$copy" --data "$DATA"
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$story_dir/policy"
for number in $("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].certificate | values'); do
    "$TENSTAR" certificate show "$number" --data "$DATA" --today $TODAY \
        --json | grep -q '"status": "valid"' && break
done
"$TENSTAR" certificate show "$number" --data "$DATA" --credential \
    >"$story_dir/credential.json"

# --- two servers ------------------------------------------------------------

servers=()
stop_servers() { kill -TERM "${servers[@]}" 2>/dev/null || true; }
trap 'stop_servers; wait; rm -rf "$story_dir"' EXIT

mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
servers+=($!)
site=http://127.0.0.1:$(jq --unbuffered -n 'input.port' <"$story_dir/said")

# Mirrors side by side; two of them are not folders.
cat >"$story_dir/mirrors.py" <<'END'
import http.server
import sys

class Mirrors(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", sys.argv[2] + self.path[5:])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path.startswith("/endless/"):
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(1 << 16))
            except OSError:
                self.close_connection = True
        else:
            super().do_GET()

    def __init__(self, *rest):
        super().__init__(*rest, directory=sys.argv[1])

with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirrors) as s:
    print(s.server_port, flush=True)
    s.serve_forever()
END
python3 -B "$story_dir/mirrors.py" "$story_dir/web" "$site" \
    >"$story_dir/said" 2>"$story_dir/asked" &
servers+=($!)
read -r port <"$story_dir/said"
mirrors=http://127.0.0.1:$port

# verify STATUS THING FROM [OPTION...]: what it says into out.
verify() {
    local want=$1 status=0
    "$TENSTAR" verify "$2" --from "$3" --policy "$story_dir/policy" \
        --on $TODAY --lang en "${@:4}" >"$story_dir/out" 2>"$story_dir/err" ||
        status=$?
    expect "$(line): the status of verify $2 --from $3" "$status" "$want"
}

# has IS ID [ADDRESS]: there is such a finding, of that address.
has() {
    expect "$(line): $1 $2" "$(jq -r --arg is "$1" --arg id "$2" \
        --arg address "${3-}" '[.findings[] | select(.is == $is and
            .id == $id and ($address == "" or
            .arguments.address == $address))] | length' "$story_dir/out")" 1
}

# --- the same as from a folder, in the same words ---------------------------

# The server's lists are of its today, those of the copy of the machine's.
for list in status/revocation/1 status/suspension/1; do
    curl -sS -o "$copy/$list" "$site/$list"
done
for thing in "$number" "$story_dir/credential.json"; do
    verify 0 "$thing" "$copy"
    cp "$story_dir/out" "$story_dir/by-folder"
    for from in "$mirrors/good" "$mirrors/good/" "$site"; do
        verify 0 "$thing" "$from"
        expect "$thing by $from" "$(cat "$story_dir/out")" \
            "$(cat "$story_dir/by-folder")"
    done
done
verify 0 "$number" "$site" --json
has proved verify.stands_valid
verify 0 "$story_dir/credential.json" "$site" --json
has proved verify.credential_signed
has proved verify.key_logged
expect "by both lists of today" "$(jq '[.findings[] |
    select(.id == "verify.status_clear")] | length' "$story_dir/out")" 2
verify 0 "$number" "$site/log"
expect "or by the log's own address" "$(grep -c 'is in force on' \
    "$story_dir/out")" 1

# --- mirrors that lie -------------------------------------------------------

# mirror NAME: a copy to be altered.
mirror() { cp -r "$copy" "$story_dir/web/$1"; }

mirror entry
sed -i "s/$number/${number%?}X/" \
    "$(grep -rl "$number" "$story_dir/web/entry/tile/entries" | head -1)"
verify 1 "$number" "$mirrors/entry" --json
has refuted log_copy.root

mirror short
bundle=$(find "$story_dir/web/short/tile/entries" -type f | head -1)
truncate -s -1 "$bundle"
verify 1 "$number" "$mirrors/short" --json
has refuted log_copy.bundle

mirror size
sed -i '2s/.*/1/' "$story_dir/web/size/checkpoint"
verify 1 "$number" "$mirrors/size" --json
has refuted note.signature

mirror list
sed -i 's/"encodedList":"uH4/"encodedList":"uH5/' \
    "$story_dir/web/list/status/revocation/1"
verify 1 "$story_dir/credential.json" "$mirrors/list" --json
expect "an altered list" "$(jq -r .verdict "$story_dir/out")" refuted
mirror swapped
cp "$copy/status/suspension/1" "$story_dir/web/swapped/status/revocation/1"
verify 1 "$story_dir/credential.json" "$mirrors/swapped" --json
has refuted status_list.other

# Keys of somebody else, who signs as he likes.
mirror keys
python3 -B - "$story_dir/web/keys/did.json" <<'END'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    did = json.load(f)
for method in did["verificationMethod"]:
    method["publicKeyMultibase"] = \
        "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    method.pop("publicKeyJwk", None)
with open(sys.argv[1], "w", encoding="utf-8") as f:
    json.dump(did, f)
END
verify 1 "$story_dir/credential.json" "$mirrors/keys" --json
expect "foreign keys" "$(jq -r .verdict "$story_dir/out")" refuted

mirror wrong
echo '<html>come in</html>' >"$story_dir/web/wrong/did.json"
verify 0 "$story_dir/credential.json" "$mirrors/wrong" --json
has open verify.keys_unreadable "$mirrors/wrong"

# --- what cannot be fetched is said by its address --------------------------

mirror bare
rm -r "$story_dir/web/bare/did.json" "$story_dir/web/bare/status"
verify 0 "$story_dir/credential.json" "$mirrors/bare" --json
has open net.status "$mirrors/bare/.well-known/did.json"
verify 0 "$number" "$mirrors/bare"
expect "a number needs neither" "$(grep -c "$mirrors" "$story_dir/out")" 0

mirror holed
bundle=$(cd "$story_dir/web/holed" && find tile/entries -type f | head -1)
rm "$story_dir/web/holed/$bundle"
verify 1 "$number" "$mirrors/holed" --json
has open net.status "$mirrors/holed/$bundle"
verify 1 "$number" "$mirrors/none" --json
has open net.status "$mirrors/none/log/checkpoint"

# Addresses have a length that ends between a checkpoint and its entries.
deep=$(printf 'd%.0s' {1..240})
deep=$deep/$(printf 'd%.0s' $(seq $((485 - ${#mirrors} - 2 - ${#deep}))))
mkdir -p "$story_dir/web/${deep%/*}"
cp -r "$copy" "$story_dir/web/$deep"
verify 1 "$number" "$mirrors/$deep" --json
has open net.address "$mirrors/$deep/$bundle"

asked=$(wc -l <"$story_dir/log")
verify 1 "$number" "$mirrors/away" --json
has open net.status "$mirrors/away/checkpoint"
expect "nobody is led elsewhere" "$(wc -l <"$story_dir/log")" "$asked"
verify 1 "$number" "$mirrors/endless" --json
has open net.long "$mirrors/endless/checkpoint"
verify 1 "$number" http://127.0.0.1:1 --json
has open net.failed http://127.0.0.1:1/checkpoint
verify 1 "$number" "https://127.0.0.1:$port/good" --json
has open net.failed "https://127.0.0.1:$port/good/checkpoint"

# --- what is no address to ask ----------------------------------------------

for address in http://me:word@127.0.0.1/ "$mirrors/?x=" "$mirrors/#x"; do
    verify 1 "$number" "$address" --json
    expect "$address" "$(jq -r .refused.id "$story_dir/out")" net.address
done
verify 2 "$number" ftp://127.0.0.1/ --json
expect "an address of another kind is no folder" \
    "$(jq -r .refused.id "$story_dir/out")" cli.verify_from_scheme
verify 1 "$number" no-such-folder --json
expect "any other word is a folder" \
    "$(jq -r .refused.id "$story_dir/out")" file.missing

the_end
