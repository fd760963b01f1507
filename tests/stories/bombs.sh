#!/usr/bin/env bash
# bombs.sh -- workbooks made to do harm, and a reader of workbooks that does not
# behave: a sentence comes, memory and time are bounded, nothing is left behind,
# and the next file is read. [M3] [M14]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

mkdir "$story_dir/bin" "$story_dir/tmp"
cp "$TENSTAR" "$(dirname "$TENSTAR")/tenstar-reader" "$story_dir/bin"
export TMPDIR=$story_dir/tmp # what is written on the way is seen

# --- bombs --------------------------------------------------------------------

cat >"$story_dir/make.py" <<'END'
# make.py FOLDER: a workbook that is right, and workbooks that are bombs.
import sys
import zipfile

MEGABYTE = 1 << 20
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (f'<Relationships><Relationship Id="r" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>')
BOOK = (f'<workbook xmlns:r="{REL}"><sheets><sheet name="s" sheetId="1" '
        'r:id="r1"/></sheets></workbook>')
RELS = (f'<Relationships><Relationship Id="r1" Type="{REL}/worksheet" '
        f'Target="s.xml"/><Relationship Id="r2" Type="{REL}/sharedStrings" '
        'Target="t.xml"/></Relationships>')
GOOD = ('<worksheet><sheetData><row><c t="inlineStr"><is><t>报修时间</t></is>'
        '</c><c t="inlineStr"><is><t>网点</t></is></c></row><row>'
        '<c t="inlineStr"><is><t>2025-01-03 09:00</t></is></c>'
        '<c t="inlineStr"><is><t>东站</t></is></c></row></sheetData>'
        '</worksheet>')


def book(name, sheet, texts=("<sst/>",), root=ROOT):
    """A workbook; `sheet` and `texts` are pieces that follow each other."""
    path = f"{sys.argv[1]}/{name}.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("_rels/.rels", root)
        z.writestr("xl/workbook.xml", BOOK)
        z.writestr("xl/_rels/workbook.xml.rels", RELS)
        for part, pieces in (("xl/s.xml", sheet), ("xl/t.xml", texts)):
            with z.open(part, "w", force_zip64=True) as f:
                for piece in pieces:
                    f.write(piece.encode())


def blanks(n):
    """So many megabytes of nothing."""
    return (" " * MEGABYTE for _ in range(n))


book("good", [GOOD])
book("blanks", ["<worksheet><sheetData>", *blanks(300), GOOD])
book("texts", [GOOD], ["<sst>", *(f"<si><t>{'a' * 1000000}</t></si>"
                                  for _ in range(300)), "</sst>"])
book("row", ["<worksheet><sheetData><row>",
             *(f"{'<c><v>1</v></c>' * 50000}" for _ in range(100))])
book("naming", ["<worksheet><sheetData><row>",
                *("<c t='s'><v>0</v></c>" * 1000 for _ in range(16)),
                "</row></sheetData></worksheet>"],
     [f"<sst><si><t>{'b' * 1000000}</t></si></sst>"])
book("entities", [GOOD], root="<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(20))
    + "]><r>&u;</r>")
inner = f"{sys.argv[1]}/blanks.xlsx"
for depth in range(4):
    outer = f"{sys.argv[1]}/nested{depth}.xlsx"
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as z:
        z.write(inner, "inner.xlsx")
    inner = outer
END
mkdir "$story_dir/books"
holds "bombs are made" python3 -B "$story_dir/make.py" "$story_dir/books"

# Run a command; how it ended, its processor time in seconds and the most memory
# that one of its processes had, in megabytes, go to a file.
cat >"$story_dir/watched.py" <<'END'
import resource
import subprocess
import sys

status = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as f:
    print(status, int(used.ru_utime + used.ru_stime), used.ru_maxrss >> 10,
          file=f)
END

# inspected FILE: status, its output in out and err, its cost in cost.
inspected() {
    python3 -B "$story_dir/watched.py" "$story_dir/cost" \
        "$story_dir/bin/tenstar" records inspect "$1" --lang en \
        >"$story_dir/out" 2>"$story_dir/err"
    cut -d' ' -f1 "$story_dir/cost"
}
# cost FIELD: of the last one.
cost() { cut -d' ' -f"$1" "$story_dir/cost"; }
# nothing_left WHAT: no process of it, no file.
nothing_left() {
    expect "$1: no process is left" \
        "$(pgrep -fc "$story_dir/bin/tenstar-reade[r]" || true)" 0
    expect "$1: no file is left" "$(find "$story_dir/tmp" -type f | wc -l)" 0
}
# reads WHAT: the file that is right, after whatever was.
reads() {
    expect "$1: the next file is read" \
        "$(inspected "$story_dir/books/good.xlsx")" 0
    expect "$1: and its columns are told" \
        "$(grep -q 报修时间 "$story_dir/out" && echo told)" told
}
# bomb NAME SENTENCE: refused in these words, and cheaply.
bomb() {
    expect "$1 is refused" "$(inspected "$story_dir/books/$1.xlsx")" 1
    expect "$1: in a sentence" "$(grep -c "$2" "$story_dir/err")" 1
    expect "$1: and no more than it" "$(wc -l <"$story_dir/err")" 1
    expect "$1: nothing is said of its rows" "$(wc -c <"$story_dir/out")" 0
    holds "$1: memory is bounded ($(cost 3) MB)" test "$(cost 3)" -lt 300
    holds "$1: time is bounded ($(cost 2) s)" test "$(cost 2)" -lt 40
    nothing_left "$1"
}
reads "before all"
bomb blanks "The part xl/s.xml of the workbook unpacks to far more"
bomb texts "The part xl/t.xml of the workbook unpacks to far more"
bomb row "row 1"
bomb naming "unpacks to far more"
bomb entities "_rels/.rels is not right at line 1"
bomb nested3 "There is no Excel workbook in this archive"
reads "after all"

# --- a reader that does not behave --------------------------------------------

# A reader that is this script.  It says what a right one does, as far as it
# is told to, without being asked.
reader() {
    {
        echo '#!/bin/bash'
        cat
    } >"$story_dir/bin/tenstar-reader"
    chmod +x "$story_dir/bin/tenstar-reader"
}
# answer KIND TEXT: as a reader puts it.
answer() {
    local LC_ALL=C
    printf '%s\\0\\0\\0\\x%02x%s' "$1" "${#2}" "$2"
}
sheets=$(answer S '[{"bytes":9,"name":"s","rows":2}]')
chosen=$(answer S 0)
begun=$(answer S '')
# misbehaves WHAT SENTENCE: kpi refuses the workbook in these words.
misbehaves() {
    local status=0
    "$story_dir/bin/tenstar" records kpi "$story_dir/books/good.xlsx" \
        --lang en >"$story_dir/out" 2>"$story_dir/err" || status=$?
    expect "$1: refused" "$status" 1
    expect "$1: in a sentence" "$(grep -c "$2" "$story_dir/err")" 1
    expect "$1: no figure is told" "$(wc -c <"$story_dir/out")" 0
    nothing_left "$1"
}
died="ended in the middle of this one, so nothing of it was taken"
reader <<<'exit 0'
misbehaves "it says nothing" "$died"
reader <<<'kill -KILL $$'
misbehaves "it is killed" "$died"
reader <<<'kill -XCPU $$; sleep 9'
misbehaves "it is too busy" "was not read within 30 seconds"
reader <<<'head -c 5000 /dev/urandom; sleep 9'
misbehaves "it says rubbish" "$died"
reader <<<'cat'
misbehaves "it says what it was asked" "$died"
while read -r what; do
    reader <<<"printf '$(answer S "$what")'; sleep 9"
    misbehaves "its sheets are $what" "$died"
done <<'END'
[]
{}
[1]
[{}]
[{"name":"s","rows":-1,"bytes":1}]
[{"name":"s","rows":"1","bytes":1}]
END
reader <<<"printf '$sheets$chosen$begun'"
misbehaves "it dies before the first row" "$died"
reader <<<"printf '$sheets$chosen$begun$(answer M $'报修时间\n2025-01-0')'"
misbehaves "it dies in a row" "$died"
reader <<<"printf '$sheets$chosen$begun""M\\0\\0\\1\\0报修'"
misbehaves "it dies in an answer" "$died"
reader <<<"printf '$sheets$(answer S 7)'; sleep 9"
misbehaves "it chooses a sheet that is not there" "$died"
reader <<<"printf '$(answer X '{"id":"rights.role","args":{}}')'; sleep 9"
misbehaves "it refuses with what is not its own" "$died"
rm "$story_dir/bin/tenstar-reader"
misbehaves "it is not there" "tenstar-reader"

cp "$(dirname "$TENSTAR")/tenstar-reader" "$story_dir/bin"
reads "with the right one"

the_end
