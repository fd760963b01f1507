#!/usr/bin/env bash
# foreign_credential.sh -- what a body signs is read by programs that nobody
# here wrote, and they refuse every altered copy
# (tests/foreign/credential/README.md).

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

samples=$story_dir/samples
mkdir "$samples"
holds "the samples are made" build/foreign_samples "$samples"

# Debian 12's Node 18 has WebCrypto only when it is asked for.
options=()
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    options=(--experimental-global-webcrypto)

# Each script says "ok WHAT" or "not ok WHAT", a line for each check.
for script in tests/foreign/credential/*.mjs; do
    status=0
    node "${options[@]}" "$script" "$samples" >"$story_dir/said" \
        2>"$story_dir/err" || status=$?
    [ "$status" = 0 ] || cat "$story_dir/err" >&2
    expect "$script ends well" "$status" 0
    holds "$script checks something" grep -q '^ok ' "$story_dir/said"
    while read -r line; do
        case $line in
        "ok "*) pass ;;
        *) fail "$script: $line" ;;
        esac
    done <"$story_dir/said"
done

the_end
