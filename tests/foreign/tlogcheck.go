// tlogcheck -- a transparency log, checked by golang.org/x/mod/sumdb: note and
// tlog, as Go's own checksum database is.  Used by tests/foreign_log.sh.
//
//	tlogcheck VKEY DIR CHECKPOINT-FILE...
//	    every signature, every entry and tile up to each checkpoint, inclusion
//	    of each entry (of some, in large logs), and of each checkpoint in the
//	    next
//	tlogcheck -cosigned CHECKPOINT-FILE VKEY...
//	    signed by each of these keys, logs' and witnesses'
//	tlogcheck -proofs VKEY DIR
//	    DIR/proof/* and DIR/consistency, as tests/log_sizes.c writes them
//
// Exit 1 and a line that begins with FAIL when anything does not hold.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(what string, err error) {
	fmt.Println("FAIL", what, err)
	os.Exit(1)
}

func must(what string, err error) {
	if err != nil {
		fail(what, err)
	}
}

// tiles reads the files of a log.  x/mod has the tiles' height in their paths,
// C2SP does not.
type tiles struct{ dir string }

func (t tiles) Height() int                         { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, w := range wanted {
		b, err := os.ReadFile(filepath.Join(t.dir,
			strings.Replace(w.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// open verifies a checkpoint and says what it says.
func open(verifier note.Verifier, text []byte) tlog.Tree {
	n, err := note.Open(text, note.VerifierList(verifier))
	must("note", err)
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("checkpoint", fmt.Errorf("%q", n.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must("size", err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must("root", err)
	tree := tlog.Tree{N: size}
	if copy(tree.Hash[:], root) != tlog.HashSize {
		fail("root", fmt.Errorf("%d bytes", len(root)))
	}
	return tree
}

// bundle is the path of the entries from 256 * n on, in a log of `size`.
func bundle(n, size int64) string {
	t := tlog.Tile{H: 8, L: 0, N: n, W: 256}
	if left := size - 256*n; left < 256 {
		t.W = int(left)
	}
	return strings.Replace(t.Path(), "tile/8/0/", "tile/entries/", 1)
}

// entries are the first `size` of the log.
func entries(dir string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); 256*n < size; n++ {
		b, err := os.ReadFile(filepath.Join(dir, bundle(n, size)))
		must("entries", err)
		for len(b) > 0 {
			if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
				fail("entries", fmt.Errorf("cut short"))
			}
			end := 2 + int(binary.BigEndian.Uint16(b))
			all = append(all, b[2:end])
			b = b[end:]
		}
	}
	if int64(len(all)) != size {
		fail("entries", fmt.Errorf("%d instead of %d", len(all), size))
	}
	return all
}

// checkTree holds entries against hashes, and those against the root.
func checkTree(dir string, tree tlog.Tree) {
	if tree.N == 0 {
		if tree.Hash != tlog.Hash(sha256.Sum256(nil)) {
			fail("the root of nothing", fmt.Errorf("%v", tree.Hash))
		}
		return
	}
	reader := tlog.TileHashReader(tree, tiles{dir})
	all := entries(dir, tree.N)
	at := make([]int64, len(all))
	for i := range all {
		at[i] = tlog.StoredHashIndex(0, int64(i))
	}
	stored, err := reader.ReadHashes(at)
	must("hashes", err)
	for i, e := range all {
		if stored[i] != tlog.RecordHash(e) {
			fail("entry", fmt.Errorf("%d is not in its tile", i))
		}
	}
	for i := int64(0); i < tree.N; i += tree.N/10 + 1 {
		proof, err := tlog.ProveRecord(tree.N, i, reader)
		must("inclusion", err)
		must("inclusion", tlog.CheckRecord(proof, tree.N, tree.Hash, i, stored[i]))
	}
}

func checkNext(dir string, old, next tlog.Tree) {
	if old.N == 0 || old.N > next.N {
		return
	}
	proof, err := tlog.ProveTree(next.N, old.N, tlog.TileHashReader(next, tiles{dir}))
	must("consistency", err)
	must("consistency", tlog.CheckTree(proof, next.N, next.Hash, old.N, old.Hash))
}

func hashes(lines []string) []tlog.Hash {
	var all []tlog.Hash
	for _, l := range lines {
		b, err := base64.StdEncoding.DecodeString(l)
		must("hash", err)
		var h tlog.Hash
		if copy(h[:], b) != tlog.HashSize {
			fail("hash", fmt.Errorf("%q", l))
		}
		all = append(all, h)
	}
	return all
}

// checkProof is of a C2SP tlog-proof whose entry is "entry INDEX".
func checkProof(verifier note.Verifier, path string) {
	text, err := os.ReadFile(path)
	must("proof", err)
	at := bytes.Index(text, []byte("\n\n"))
	lines := strings.Split(string(text[:at]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("proof", fmt.Errorf("%q", lines[0]))
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must("index", err)
	tree := open(verifier, text[at+2:])
	record := tlog.RecordHash([]byte(fmt.Sprintf("entry %d", index)))
	must(path, tlog.CheckRecord(hashes(lines[2:]), tree.N, tree.Hash, index, record))
}

func readTree(verifier note.Verifier, dir string, size string) tlog.Tree {
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint", size))
	must("checkpoint", err)
	return open(verifier, text)
}

func checkProofs(verifier note.Verifier, dir string) {
	paths, err := filepath.Glob(filepath.Join(dir, "proof", "*"))
	must("proofs", err)
	for _, p := range paths {
		checkProof(verifier, p)
	}
	text, err := os.ReadFile(filepath.Join(dir, "consistency"))
	must("consistency", err)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, l := range lines {
		w := strings.Split(l, " ")
		var proof []tlog.Hash
		if w[2] != "" {
			proof = hashes(strings.Split(w[2], ","))
		}
		old := tlog.Tree{}
		old.N, _ = strconv.ParseInt(w[0], 10, 64)
		if _, err := os.Stat(filepath.Join(dir, "checkpoint", w[0])); err != nil {
			continue // nothing was signed at that size
		}
		old = readTree(verifier, dir, w[0])
		next := readTree(verifier, dir, w[1])
		must(l, tlog.CheckTree(proof, next.N, next.Hash, old.N, old.Hash))
	}
	fmt.Println("PASS", len(paths), "proofs", len(lines), "consistencies")
}

// witness verifies what C2SP tlog-cosignature says of a note's text.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s",
		binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(w.key, []byte(signed), signature[8:])
}

// verifierOf knows a log's key by x/mod, and a witness's by itself.
func verifierOf(vkey string) note.Verifier {
	v, err := note.NewVerifier(vkey)
	if err == nil {
		return v
	}
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("vkey", err)
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must("vkey", err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must("vkey", err)
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		fail("vkey", fmt.Errorf("%q", vkey))
	}
	id := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if binary.BigEndian.Uint32(id[:]) != uint32(hash) {
		fail("vkey", fmt.Errorf("another id than %x", id[:4]))
	}
	return witness{parts[0], uint32(hash), key[1:]}
}

func checkCosigned(path string, vkeys []string) {
	var all []note.Verifier
	for _, v := range vkeys {
		all = append(all, verifierOf(v))
	}
	text, err := os.ReadFile(path)
	must("checkpoint", err)
	n, err := note.Open(text, note.VerifierList(all...))
	must("note", err)
	if len(n.Sigs) != len(all) {
		fail("note", fmt.Errorf("%d of these have signed", len(n.Sigs)))
	}
	fmt.Println("PASS", len(n.Sigs), "signatures,", len(n.UnverifiedSigs),
		"of others")
}

func main() {
	args := os.Args[1:]
	if args[0] == "-cosigned" {
		checkCosigned(args[1], args[2:])
		return
	}
	proofs := args[0] == "-proofs"
	if proofs {
		args = args[1:]
	}
	verifier, err := note.NewVerifier(args[0])
	must("vkey", err)
	if proofs {
		checkProofs(verifier, args[1])
		return
	}
	old := tlog.Tree{}
	for _, path := range args[2:] {
		text, err := os.ReadFile(path)
		must("checkpoint", err)
		tree := open(verifier, text)
		checkTree(args[1], tree)
		checkNext(args[1], old, tree)
		old = tree
	}
	fmt.Println("PASS", len(args)-2, "checkpoints", old.N, "entries")
}
