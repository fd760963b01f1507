#!/usr/bin/env bash
# html.sh -- the golden pages are valid HTML (tests/page/html.mjs); at what is
# served tests/browse.sh looks.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

status=0
node tests/page/html.mjs tests/golden/pages >"$story_dir/said" \
    2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "it ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r line; do
    case $line in
    "ok "*) pass ;;
    *) fail "$line" ;;
    esac
done <"$story_dir/said"

the_end
