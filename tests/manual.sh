#!/usr/bin/env bash
# manual.sh -- the manual pages: made by the build, installed where man looks
# for them, whole, and rendered without a warning.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

built=$(dirname "$TENSTAR")/docs/man

# --- installed --------------------------------------------------------------

holds "the build installs" env DESTDIR="$story_dir/root" \
    meson install -C "$(dirname "$TENSTAR")" --no-rebuild --quiet
installed() { (cd "$story_dir/root" && find . -path "*$1" | wc -l); }
expect "tenstar(1) in English" "$(installed /man/man1/tenstar.1)" 1
expect "tenstar(1) in Chinese" "$(installed /man/zh_CN/man1/tenstar.1)" 1
expect "the guides come along" "$(installed /doc/tenstar/guide/zh/README.md)" 1
expect "and who paints for it" "$(installed /bin/tenstar-painter)" 1
expect "and who reads workbooks" "$(installed /bin/tenstar-reader)" 1
expect "and the fonts" "$(installed '/tenstar/fonts/*.otf')" 8
expect "with their licence" "$(installed /tenstar/fonts/OFL.txt)" 1
expect "and the schemes" "$(installed /tenstar/schemes/ten-star/scheme.yaml)" 1

# --- rendered ---------------------------------------------------------------

# render PAGE: as text, 78 columns wide, into out; what is wrong into err.
render() {
    groff -man -Tutf8 -Kutf8 -ww -rLL=78n -P-cbou "$1" >"$story_dir/page" \
        2>"$story_dir/err" && [ ! -s "$story_dir/err" ]
}

# Does the rendered page have this line, blanks at its beginning aside?
has_line() { sed 's|^ *||' "$story_dir/page" | grep -xF -- "$1" >/dev/null; }

# The names end where the Chinese begins.
"$TENSTAR" --help --lang zh | sed -n 's/^  tenstar \([a-z ]*[a-z]\) .*/\1/p' \
    >"$story_dir/names"
expect "the subcommands" "$(wc -l <"$story_dir/names")" 98

sections_en="NAME
SYNOPSIS
DESCRIPTION
COMMANDS
OPTIONS
COMMANDS ON A CASE
COMMANDS ON A REGISTER
EXIT STATUS
ENVIRONMENT
FILES
EXAMPLES
SEE ALSO"
sections_zh="名称
概要
说明
命令
选项
案件操作
登记操作
退出码
环境变量
文件
示例
参见"

check_page() {
    local page=$1 sections=$2 name
    holds "$page: mandoc has nothing to say" mandoc -T lint -W warning "$page"
    holds "$page: groff has nothing to say" render "$page"
    expect "$page: its sections" "$(grep '^[^ ]' "$story_dir/page" |
        grep -v '^TENSTAR(1)\|^tenstar ')" "$sections"
    expect "$page: no text is missing" "$(grep -o '\[[a-z]*\.[a-z_.]*\]' \
        "$story_dir/page" | head -n 1)" ""
    # Whatever `tenstar --help` lists stands in it, under its name.
    while read -r name; do
        holds "$page: $name" has_line "$name"
    done <"$story_dir/names"
}
check_page "$built/tenstar.1" "$sections_en"
check_page "$built/zh_CN/tenstar.1" "$sections_zh"

# A command of every stage, with a field of its own.
holds "a command is there" has_line quote.make
holds "and its fields" has_line "prepay  number (0..10000)"
holds "a command on a register is there" has_line person.qualify
holds "and its fields" has_line "registration  text (1..60)"

version=$(sed -n "s/^project(.* version: '\([0-9.]*\)'.*/\1/p" meson.build)
expect "the version is the project's" "$("$TENSTAR" --version)" \
    "tenstar $version"

# --- what the pages say is so -----------------------------------------------

# Its examples are used as they should be.
holds "an example of the page" "$TENSTAR" day add 2026-09-29 7wd
holds "another one" "$TENSTAR" scheme check schemes/ten-star

the_end
