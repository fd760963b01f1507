#!/usr/bin/env bash
# keys.sh -- the keys a body signs with: listed, rotated, found compromised,
# locked by a passphrase; the journal and the log know of each.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY

# key WORD...: run it, what it says into out and err.
key() {
    "$TENSTAR" key "$@" --data "$DATA" --lang en >"$story_dir/out" \
        2>"$story_dir/err"
}

# refuses WHAT ID WORD...: it is refused by that rule.
refuses() {
    local what=$1 id=$2
    shift 2
    if key "$@" --json; then
        fail "$what: went through"
    else
        expect "$what" "$(jq -r .refused.id "$story_dir/out")" "$id"
    fi
}

# --- made, and rotated ------------------------------------------------------

holds "they are listed" key list
expect "one for credentials, one for QR codes" \
    "$(sed 's/ since.*//' "$story_dir/out")" \
    "credentials and status lists, key 1: Ed25519,
QR codes, key 1: Ed25519,"
refuses "nobody but an administrator makes one" key.makes \
    make qr --as head --today $TODAY
refuses "what is no purpose" cli.key_choice make qrs --as admin
holds "the next one is made" key make qr --as admin --today $TODAY
expect "it is said" "$(cat "$story_dir/out")" \
    "Made key 2 for QR codes. Back up DIR/keys now."
holds "the one before is rotated" key list --json
expect "on that day" \
    "$(jq -r '.[1] | "\(.purpose) \(.serial) \(.until) \(.ending)"' \
        "$story_dir/out")" "qr 1 $TODAY rotated"

# --- found compromised ------------------------------------------------------

refuses "since when has to be said" key.since_missing \
    retire qr 1 --why compromised --as head --today $TODAY
refuses "a day before it was made" key.since retire qr 1 --why compromised \
    --since 2020-01-01 --as head --today $TODAY
holds "a key that leaked is retired" key retire qr 2 --why compromised \
    --since $TODAY --note 备份丢失 --as head --today $TODAY
refuses "once" key.retired retire qr 2 --why lost --as head --today $TODAY
holds "the history tells" key list
expect "since when" "$(tail -1 "$story_dir/out" | sed 's/^ *//')" \
    "others may have it since 24 November 2026"

# --- locked -----------------------------------------------------------------

refuses "a new passphrase has to be given" cli.key_new_passphrase \
    lock --as admin
holds "the keys are locked" env TENSTAR_NEW_PASSPHRASE=青川 \
    "$TENSTAR" key lock --data "$DATA" --as admin
refuses "nothing opens without it" keyfile.passphrase_needed list
holds "with it everything does" env TENSTAR_PASSPHRASE=青川 \
    "$TENSTAR" check --data "$DATA"
export TENSTAR_PASSPHRASE=x
refuses "another passphrase" keyfile.passphrase_wrong list
unset TENSTAR_PASSPHRASE
mkdir "$story_dir/credentials"
echo 青川 >"$story_dir/credentials/tenstar-passphrase"
holds "systemd hands it over in a file" \
    env CREDENTIALS_DIRECTORY="$story_dir/credentials" \
    "$TENSTAR" key list --data "$DATA"
holds "they are opened again" env TENSTAR_PASSPHRASE=青川 \
    "$TENSTAR" key lock --open --data "$DATA" --as admin
holds "and lie open" key list

# --- on record --------------------------------------------------------------

holds "journals, log and keys agree" "$TENSTAR" check --data "$DATA"

the_end
