#!/usr/bin/env bash
# papers.sh -- documents as others read them: certificates and what a case
# sends out, in both languages, by poppler, qpdf and zbar; before they are
# signed, which tests/stories/signed.sh tells of. [M20] [17065 7.7.1]
#
# TENSTAR_GOLDEN=write tests/papers.sh writes tests/golden/papers anew.

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

golden=tests/golden/papers
paper=$story_dir/paper.pdf
holds "a demonstration" "$TENSTAR" demo "$DATA" --today 2026-11-24
TODAY=2026-11-24

# --- what holds of every file ------------------------------------------------

# sound WHAT LANG: of $paper.
sound() {
    local tag=zh-CN
    [ "$2" = zh ] || tag=en
    expect "$1: qpdf has no complaint" "$(qpdf --check "$paper" 2>&1 |
        grep -ciE 'warning|error:|damaged' || true)" 0
    expect "$1: every font is in the file" "$(pdffonts "$paper" |
        tail -n +3 | awk '$(NF-4) != "yes" || $(NF-2) != "yes"' | wc -l)" 0
    expect "$1: tagged" "$(pdfinfo "$paper" | awk '/^Tagged/ { print $2 }')" yes
    expect "$1: its language" "$(qpdf --qdf "$paper" - |
        grep -ac "/Lang ($tag)")" 1
}

# reads WHAT NAME: its text is the one that is kept.
reads() {
    pdftotext -layout "$paper" "$story_dir/text"
    if [ "${TENSTAR_GOLDEN-}" = write ]; then
        mkdir -p "$golden"
        cp "$story_dir/text" "$golden/$2.txt"
    fi
    holds "$1: its text" diff -u "$golden/$2.txt" "$story_dir/text"
}

# twice WHAT COMMAND...: the same bytes again.
twice() {
    local what=$1 first
    shift
    first=$(sha256sum <"$paper")
    holds "$what again" "$@"
    expect "$what: the same bytes" "$(sha256sum <"$paper")" "$first"
}

# --- certificates -------------------------------------------------------------

certificate() { # NUMBER LANG
    "$TENSTAR" certificate pdf "$1" --unsigned --out "$paper" --lang "$2" \
        --data "$DATA" --today "$TODAY"
}

# One that is valid, of a case of the demonstration.
number_of() { CASE=$1 show .certificate.number; }
number=$(number_of C2024-0001)

# With the statement that proves it offline: about 360 characters, version 11.
code=$("$TENSTAR" certificate show "$number" --qr --data "$DATA")
expect "its code fits version 11" "$([ "${#code}" -le 358 ] && echo yes)" yes

for lang in zh en; do
    holds "a certificate in $lang" certificate "$number" "$lang"
    sound "certificate $lang" "$lang"
    reads "certificate $lang" "certificate.$lang"
    expect "certificate $lang: one page" \
        "$(pdfinfo "$paper" | awk '/^Pages/ { print $2 }')" 1
    twice "certificate $lang" certificate "$number" "$lang"
    for dpi in 150 200 300; do
        pdftoppm -r "$dpi" -png "$paper" "$story_dir/page"
        expect "its code at $dpi dpi" \
            "$(zbarimg -q --raw --nodbus "$story_dir"/page-1.png)" \
            "$code"
        rm "$story_dir"/page*.png
    done
done

# All at once, by two workers: the files that each would be alone.
many() {
    "$TENSTAR" certificate pdf --all --into "$story_dir/many" --unsigned \
        --lang zh --data "$DATA" --today "$TODAY" --json
}
holds "all certificates" many
expect "all valid ones" "$(find "$story_dir/many" -name '*.pdf' | wc -l)" \
    "$(many | jq .kept)"
for file in "$story_dir"/many/*.pdf; do
    number_here=$(basename "$file" .pdf)
    holds "$number_here" certificate "$number_here" zh
    holds "$number_here: as it is alone" cmp "$file" "$paper"
done

# --- documents of cases -------------------------------------------------------

document() { # CASE KIND LANG
    "$TENSTAR" case document "$1" "$2" --unsigned --out "$paper" --lang "$3" \
        --data "$DATA" --today "$TODAY"
}

rows=(quote:C2026-0008 contract:C2026-0008 supplement:C2024-0001
    plan:C2026-0008 report:C2026-0008 nonconformity:C2026-0008
    decision:C2024-0001 suspension:C2024-0002 withdrawal:C2026-0002
    surveillance:C2024-0001 improvement:C2026-0008)
for row in "${rows[@]}"; do
    kind=${row%:*}
    for lang in zh en; do
        holds "$kind in $lang" document "${row#*:}" "$kind" "$lang"
        sound "$kind $lang" "$lang"
        reads "$kind $lang" "$kind.$lang"
    done
    twice "$kind" document "${row#*:}" "$kind" en
done

# --- sixty outlets, and as little as is allowed ------------------------------

# By src/service/document_slow_test.c, which tells what each is and its pages.
mkdir "$story_dir/sizes"
export PAPERS_INTO=$story_dir/sizes
holds "every document of both" build/slow_service every_paper
unset PAPERS_INTO
expect "how many" "$(find "$story_dir/sizes" -name '*.pdf' | wc -l)" 50
for paper in "$story_dir"/sizes/*.pdf; do
    what=$(basename "$paper" .pdf)
    sound "$what" "${what##*.}"
done

# outlets FILE: how many it names, each once.
outlets() {
    pdftotext -raw "$story_dir/sizes/$1.pdf" - | tr -d ' \n\f' |
        grep -oE '服务网点[0-9]+' | sort -u | wc -l
}
for lang in zh en; do
    expect "the plan in $lang names every outlet" \
        "$(outlets "plan-60.$lang")" 60
    expect "the certificate in $lang names every outlet" \
        "$(outlets "certificate-60.$lang")" 60
    expect "the least plan in $lang names none" "$(outlets "plan-0.$lang")" 0
done
paper=$story_dir/paper.pdf

# --- names that are long, of characters that GBK lacks ------------------------

# The same cases, of enterprises whose names fill three lines.
table=$story_dir/enterprises.csv
{
    echo name,uscc,registered,scope
    mapfile -t cases < <("$TENSTAR" case list --data "$DATA" --json |
        jq -r '.[].number')
    {
        for CASE in "${cases[@]}"; do show .enterprise.uscc; done
        echo 91350100M000100Y43
    } | sort -u | awk '{
        name = "䶮𠮷镕堃第" NR
        for (i = 0; i < 12; i++) name = name "临江天工厨卫设备"
        print name "有限公司," $1 ",2020-01-02,䶮型厨卫设备的安装与维修"
    }'
} >"$table"
DATA=$story_dir/hard
holds "a demonstration with hard names" "$TENSTAR" demo "$DATA" \
    --enterprises "$table" --today "$TODAY"

# names_whole WHAT CASE: nothing of it is lost where its lines break.
names_whole() {
    local name
    name=$(CASE=$2 show .enterprise.name)
    expect "$1: the whole name" "$(pdftotext -raw "$paper" - | tr -d ' \n\f' |
        grep -cF "$name")" 1
}

for row in "${rows[@]}"; do
    kind=${row%:*}
    for lang in zh en; do
        holds "$kind in $lang, hard" document "${row#*:}" "$kind" "$lang"
        sound "$kind $lang, hard" "$lang"
        names_whole "$kind $lang, hard" "${row#*:}"
    done
done
number=$(number_of C2024-0001)
for lang in zh en; do
    holds "a certificate in $lang, hard" certificate "$number" "$lang"
    sound "certificate $lang, hard" "$lang"
    names_whole "certificate $lang, hard" C2024-0001
    expect "certificate $lang, hard: one page" \
        "$(pdfinfo "$paper" | awk '/^Pages/ { print $2 }')" 1
done
DATA=$story_dir/data

# --- refusals -----------------------------------------------------------------

# undone ID COMMAND...: refused by that rule, and no file written.
undone() {
    local id=$1 status=0
    shift
    rm -f "$paper"
    "$@" --out "$paper" --data "$DATA" --json \
        >"$story_dir/out" 2>"$story_dir/err" || status=$?
    expect "$(line): the rule" "$status $(answer_of .refused.id)" "$id"
    expect "$(line): no file" "$(ls "$paper" 2>/dev/null)" ""
}
undone "2 cli.document_kind" "$TENSTAR" case document C2024-0001 poem
undone "1 sheet.nothing" "$TENSTAR" case document C2026-0015 quote
undone "1 sheet.not_valid" \
    "$TENSTAR" certificate pdf "$(number_of C2026-0002)"
undone "1 lookup.number" "$TENSTAR" certificate pdf 00099SC0001R0M
undone "1 case.missing" "$TENSTAR" case document C1999-0001 quote

the_end
