#!/usr/bin/env bash
# altered.sh -- a stranger gets a certificate of which one field was altered,
# whichever: `tenstar verify` refuses each, for the reason that
# tests/golden/altered.txt has for it.  The fields are those of a
# demonstration's own certificate. [M20] [17065 7.7]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 1 --today $TODAY
number=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[].certificate | values][0]')
here=$story_dir/here
copy=$story_dir/copy
mkdir "$here"
show() { "$TENSTAR" certificate show "$number" --data "$DATA" "$@"; }
show --credential >"$here/credential.json"
show --jwt >"$here/credential.jwt"
show --qr >"$here/code"
holds "the paper" "$TENSTAR" certificate pdf "$number" --data "$DATA" \
    --today $TODAY --out "$here/paper.pdf"
holds "a copy of the log" "$TENSTAR" log export "$copy" --data "$DATA" \
    --today $TODAY
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$here/policy"

# verify THING: the id of what it refutes first.
verify() {
    "$TENSTAR" verify "$1" --from "$copy" --policy "$here/policy" \
        --on $TODAY --json 2>"$story_dir/err" | jq -r \
        '[.findings[] | select(.is == "refuted").id][0] // "nothing"' || true
}
for thing in credential.json credential.jwt paper.pdf; do
    expect "$thing, as it is" "$(verify "$here/$thing")" nothing
done
expect "the code, as it is" "$(verify "$(cat "$here/code")")" nothing

# pinned THING FIELD: why the field is refused.  The pinned sample names its
# certificate twice, which is noticed first; a demonstration's does not.
pinned() {
    [ "$1 $2" != "credential name" ] || set -- credential \
        credentialSubject.name
    awk -v thing="$1" -v field="$2" '$1 == thing && $2 == field { print $3 }' \
        tests/golden/altered.txt
}

# fields FILE: of a JSON document, as jq has them, and as they are pinned.
fields() {
    jq -r 'paths(scalars) | "\(tojson)\t" + (map(if type == "number"
        then "[\(.)]" else ".\(.)" end) | join("") | ltrimstr("."))' "$1"
}

# altered PATH FILE: the document with that field another.
altered() {
    jq -c --argjson at "$1" 'getpath($at) as $value | setpath($at;
        if ($value | type) == "string" then $value + "x"
        elif ($value | type) == "number" then $value + 1
        else $value | not end)' "$2"
}

# each THING FILE CHECK: every field of it, checked by CHECK FILE.
each() {
    local at field got want n=0
    while IFS=$'\t' read -r at field; do
        altered "$at" "$2" >"$here/x.json"
        got=$("$3" "$here/x.json")
        # Some signatures are still the text of one with a letter more.
        [ "$field $got" != "proof.proofValue sealed.signature" ] ||
            got=proof.field
        want=$(pinned "$1" "$field")
        [ "$field" != proof.proofValue ] || want=proof.field
        expect "$1 $field" "$got" "$want"
        n=$((n + 1))
    done < <(fields "$2")
    expect "$1 has fields" "$((n > 10))" 1
}

# --- the credential, and the lists it names ---------------------------------

each credential "$here/credential.json" verify

# in_place FILE: what comes of it where the list on hand stands.
in_place() {
    cp "$1" "$list"
    verify "$here/credential.json"
}
for purpose in revocation suspension; do
    list=$copy/status/$purpose/1
    cp "$list" "$here/list.json"
    each "${purpose}s" "$here/list.json" in_place
    cp "$here/list.json" "$list"
done

# --- the entries of the log -------------------------------------------------

# framed FILE: a bundle of these lines, each an entry.
bundle=$(find "$copy/tile/entries" -type f)
lines() {
    python3 -B -c 'if True:
        import sys
        whole = open(sys.argv[1], "rb").read()
        while whole:
            n = int.from_bytes(whole[:2], "big")
            print(whole[2:2 + n].decode())
            whole = whole[2 + n:]' "$1"
}
framed() {
    python3 -B -c 'if True:
        import sys
        for line in open(sys.argv[1], "rb"):
            line = line.rstrip(b"\n")
            sys.stdout.buffer.write(len(line).to_bytes(2, "big") + line)' "$1"
}
lines "$bundle" >"$here/entries"
cp "$bundle" "$here/bundle"
framed "$here/entries" >"$bundle"
holds "a bundle is its entries" cmp "$here/bundle" "$bundle"

# An entry of each kind there is; what is not of its frame is the root's.
n=0
while read -r kind; do
    line=$(grep -nm1 "\"type\":\"$kind\"" "$here/entries" | cut -d: -f1)
    sed -n "${line}p" "$here/entries" >"$here/entry.json"
    while IFS=$'\t' read -r at field; do
        # jq has no canonical form; entries are in it but for their order.
        altered "$at" "$here/entry.json" | jq -cS . >"$here/x.json"
        sed "${line}r $here/x.json" "$here/entries" | sed "${line}d" \
            >"$here/x"
        framed "$here/x" >"$bundle"
        want=$(pinned entry:certificate.issued "$field")
        expect "$kind $field" "$(verify "$here/credential.json")" \
            "${want:-log_copy.root}"
        n=$((n + 1))
    done < <(fields "$here/entry.json")
done < <(jq -r .type "$here/entries" | sort -u)
expect "there are kinds and fields of them" "$((n > 40))" 1
cp "$here/bundle" "$bundle"

# --- the checkpoint, and the tile of hashes ---------------------------------

# flipped FILE AT: with the byte there another one, in place; a sign of base 64
# becomes one, so that it is what it says that is wrong and not its form.
flipped() {
    python3 -B -c 'if True:
        import sys
        whole = bytearray(open(sys.argv[1], "rb").read())
        at = int(sys.argv[2])
        byte = bytes(whole[at:at + 1])
        others = b"12" if byte.isdigit() else b"AB"
        if byte.isalnum() or byte in b"+/":
            whole[at] = others[byte == others[:1]]
        else:
            whole[at] ^= 1
        open(sys.argv[1], "wb").write(whole)' "$1" "$2"
}
cp "$copy/checkpoint" "$here/checkpoint"
begin=0
for n in 1 2 3 4 5; do
    size=$(sed -n "${n}p" "$here/checkpoint" | tr -d '\n' | wc -c)
    cp "$here/checkpoint" "$copy/checkpoint"
    flipped "$copy/checkpoint" $((begin + size / 2))
    expect "checkpoint line-$n" "$(verify "$here/credential.json")" \
        "$(pinned checkpoint line-$n)"
    begin=$((begin + size + 1))
done
expect "that is all of it" "$begin" "$(wc -c <"$here/checkpoint")"
cp "$here/checkpoint" "$copy/checkpoint"
tile=$(find "$copy/tile/0" -type f)
cp "$tile" "$here/tile"
flipped "$tile" 33
expect "a hash of a tile" "$(verify "$here/credential.json")" log_copy.tile
cp "$here/tile" "$tile"
expect "everything put back" "$(verify "$here/credential.json")" nothing

# --- code and paper ---------------------------------------------------------

code=$(cat "$here/code")
head=${code%%#*}
for ((i = ${#head} + 1; i < ${#code}; i += 7)); do
    letter=${code:i:1}
    other=B
    [ "$letter" != B ] || other=C
    got=$(verify "${code:0:i}$other${code:i+1}")
    case $got in
    qr.*) pass ;;
    *) fail "letter $i of the code: $got" ;;
    esac
done
size=$(wc -c <"$here/paper.pdf")
for at in 20 $((size / 3)) $((size / 2)) $((size - 300)); do
    cp "$here/paper.pdf" "$here/x.pdf"
    flipped "$here/x.pdf" "$at"
    got=$(verify "$here/x.pdf")
    case $got in
    verify.*) pass ;;
    *) fail "byte $at of the paper: $got" ;;
    esac
done

the_end
