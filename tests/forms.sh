#!/usr/bin/env bash
# forms.sh -- forms of commands, as pages, in Debian's Chromium
# (tests/page/forms.mjs): accessible, and sent as they should be.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

mkdir "$story_dir/pages"
preview=$(dirname "$TENSTAR")/page_preview
holds "the pages are written" "$preview" "$story_dir/pages"

status=0
node tests/page/forms.mjs "$story_dir/pages" ${PICTURES:+"$PICTURES"} \
    >"$story_dir/said" 2>"$story_dir/err" || status=$?
[ "$status" = 0 ] || cat "$story_dir/err" >&2
expect "the browser ends well" "$status" 0
holds "it checks something" grep -q '^ok ' "$story_dir/said"
while read -r said; do
    case $said in
    "ok "*) pass ;;
    *) fail "$said" ;;
    esac
done <"$story_dir/said"

the_end
