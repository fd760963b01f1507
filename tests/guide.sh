#!/usr/bin/env bash
# guide.sh -- every example of the guides is carried out and prints what its
# page shows, and both languages tell the same.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

guide=(python3 -B tools/guide.py)
holds "both languages tell the same" "${guide[@]}" pairs docs/guide/zh \
    docs/guide/en
for page in docs/guide/*/*.md docs/verify-yourself.md; do
    holds "$page" "${guide[@]}" check "$page"
done

# What the pages for engineers name is there.
while read -r name; do
    holds "docs/internals names $name()" grep -rqw "$name" src --include='*.h'
done < <(grep -oh "\`[a-z][a-z0-9_]*()\`" docs/internals/*.md | tr -d "\`()" |
    grep -v _render | sort -u)

# Every link in our documents leads somewhere.
while IFS=: read -r page link; do
    holds "$page links to $link" test -e "$(dirname "$page")/$link"
done < <(grep -oE '\]\([^)#]+' README.md ARCHITECTURE.md CONTRIBUTING.md \
    docs/*.md docs/*/*.md docs/*/*/*.md | sed 's/\](//' |
    grep -v ':\(https\?:\|/\)')

# What ./run tells a newcomer to try works as it is written there.
ln -s "$(dirname "$TENSTAR")" "$story_dir/build"
"$TENSTAR" demo "$story_dir/demo-data" >/dev/null
try() { (cd "$story_dir" && bash -c "$1"); }
mapfile -t tries < <(sed -n '/^greet()/,/^END/p' run |
    grep -o 'build/tenstar .*')
expect "what ./run says to try" "${#tries[@]}" 4
for line in "${tries[@]}"; do
    holds "./run says: $line" try "$line"
done

the_end
