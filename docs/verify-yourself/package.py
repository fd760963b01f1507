"""package.py FOLDER -- the bytes that a scheme's hash is of."""
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
for file in sorted(f for f in folder.rglob("*") if f.is_file()):
    name, data = file.relative_to(folder).as_posix().encode(), file.read_bytes()
    if name.startswith(b"golden/"):             # cases to try a scheme with
        continue
    sys.stdout.buffer.write(len(name).to_bytes(4, "big") + name
                            + len(data).to_bytes(8, "big") + data)
