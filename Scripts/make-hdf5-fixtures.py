"""Writes the HDF5 files that HDF5FilesTests reads, with h5py.

Usage: python make-hdf5-fixtures.py [FOLDER]      (default: Tests/HDF5FilesTests/Resources)
Needs the PyPI packages h5py and numpy. The expected values stand in the tests and, as comments, here.
"""

import os
import sys

import h5py
import numpy as np
from h5py import h5d, h5p, h5s, h5t


def low_level(group, name, kind, data, shape=None, configure=None):
    """Writes a data set through the low-level interface: stored as `kind`, given as `data`."""
    data = np.asarray(data)
    creation = h5p.create(h5p.DATASET_CREATE)
    if configure:
        configure(creation)
    space = h5s.create_simple(data.shape if shape is None else shape)
    dataset = h5d.create(group.id, name.encode(), kind, space, creation)
    memory = kind if isinstance(kind, h5t.TypeStringID) else None  # texts as they are, padding included
    dataset.write(h5s.ALL, h5s.ALL, data, memory)


def fixed_text(size, padding, charset=h5t.CSET_ASCII):
    kind = h5t.C_S1.copy()
    kind.set_size(size)
    kind.set_strpad(padding)
    kind.set_cset(charset)
    return kind


def numbers(file):
    """Each holds the values that its name calls for, of 0, 1, -2, 3.5, 100."""
    group = file.create_group("numbers")
    floats = np.array([0, 1, -2, 3.5, 100])
    for name in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]:
        group.create_dataset("float" + name.replace("<", "-little-").replace(">", "-big-"), data=floats.astype(name))
    bfloat = h5t.IEEE_F32LE.copy()
    bfloat.set_fields(15, 7, 8, 0, 7)
    bfloat.set_size(2)
    bfloat.set_precision(16)
    bfloat.set_ebias(127)
    low_level(group, "bfloat16", bfloat, floats.astype("<f4"))
    for name in ["i1", "i2", "i4", "i8"]:  # 0, 1, -2, 100
        group.create_dataset("signed-" + name, data=np.array([0, 1, -2, 100], "<" + name))
        group.create_dataset("signed-big-" + name, data=np.array([0, 1, -2, 100], ">" + name))
    for name in ["u1", "u2", "u4", "u8"]:  # 0, 1, 200
        group.create_dataset("unsigned-" + name, data=np.array([0, 1, 200], "<" + name))
    group.create_dataset("beyond-signed", data=np.array([1, 2**63], "<u8"))
    group.create_dataset("boolean", data=np.array([True, False, True]))
    group.create_dataset("scalar-float", data=np.float32(2.5))
    group.create_dataset("scalar-integer", data=np.int64(-7))
    group.create_dataset("empty", data=np.zeros((0,), "<f4"))
    group.create_dataset("empty-rows", data=np.zeros((3, 0), "<f4"))
    group.create_dataset("null", data=h5py.Empty("<f4"))
    group.create_dataset("special", data=np.array([np.nan, np.inf, -np.inf, 1e300], "<f8"))
    group.create_dataset("long-double", data=np.array([1], np.longdouble))
    odd = h5t.STD_I16LE.copy()
    odd.set_precision(11)
    low_level(group, "eleven-bits", odd, np.array([1, 2, 3], "<i2"))


def storage(file):
    """2 x 3 x 4 elements 0...23 as float32, stored in different ways."""
    group = file.create_group("storage")
    block = np.arange(24, dtype="<f4").reshape(2, 3, 4)
    group.create_dataset("contiguous", data=block)
    group.create_dataset("chunked", data=block, chunks=(1, 2, 3))
    group.create_dataset("gzip", data=block, chunks=(2, 3, 2), compression="gzip")
    group.create_dataset("shuffled", data=block, chunks=(2, 3, 4), compression="gzip", shuffle=True)
    group.create_dataset("checked", data=block, chunks=(1, 3, 4), fletcher32=True)
    group.create_dataset("growing", data=block, chunks=(1, 3, 4), maxshape=(None, 3, 4))
    group.create_dataset("lzf", data=block, chunks=(2, 3, 4), compression="lzf")
    low_level(group, "compact", h5t.IEEE_F32LE, block, configure=lambda c: c.set_layout(h5d.COMPACT))
    group.create_dataset("never-written", shape=(2, 2), dtype="<f4", fillvalue=7)
    partly = group.create_dataset("partly-written", shape=(4, 2), dtype="<f4", chunks=(1, 2), fillvalue=-1)
    partly[1] = [5, 6]

    def twice(creation):
        creation.set_chunk((2, 3, 4))
        creation.set_deflate(9)
        creation.set_deflate(9)

    low_level(group, "twice-deflated", h5t.IEEE_F32LE, block, configure=twice)


def text(file):
    """'a', 'bc', '' and, where Unicode is possible, 'µV'."""
    group = file.create_group("text")
    low_level(group, "zero-padded", fixed_text(4, h5t.STR_NULLPAD), np.array([b"a", b"bc", b""], "S4"))
    low_level(group, "zero-terminated", fixed_text(4, h5t.STR_NULLTERM), np.array([b"a", b"bc", b""], "S4"))
    low_level(group, "space-padded", fixed_text(4, h5t.STR_SPACEPAD), np.array([b"a   ", b"bc  ", b"    "], "S4"))
    low_level(group, "full", fixed_text(2, h5t.STR_NULLPAD), np.array([b"ab", b"cd"], "S2"))
    low_level(
        group, "fixed-unicode", fixed_text(4, h5t.STR_NULLPAD, h5t.CSET_UTF8), np.array(["µV".encode(), b"a"], "S4"))
    group.create_dataset("variable", data=["a", "bc", "", "µV"], dtype=h5py.string_dtype("utf-8"))
    group.create_dataset("variable-ascii", data=["a", "bc"], dtype=h5py.string_dtype("ascii"))
    group.create_dataset("scalar", data="one")
    group.create_dataset("empty", shape=(0,), dtype=h5py.string_dtype())
    group.create_dataset("never-written", shape=(2,), dtype=h5py.string_dtype())
    group.create_dataset("filled", shape=(2,), dtype=h5py.string_dtype(), fillvalue="µV")
    group.create_dataset("filled-chunks", shape=(2,), dtype=h5py.string_dtype(), fillvalue="µV", chunks=(1,))
    partly = group.create_dataset("partly-filled", shape=(4,), dtype=h5py.string_dtype(), fillvalue="µV", chunks=(1,))
    partly[1] = "a"
    group.create_dataset("packed", data=["a", "bc", "µV"], dtype=h5py.string_dtype(), chunks=(2,), compression="gzip")
    group.create_dataset("latin", data=np.array(["µV".encode("latin-1")], "S2"))
    group.create_dataset("table", data=np.array([[b"a", b"b"], [b"c", b"d"]], "S1"))


def other(file):
    """Types that cannot be read."""
    group = file.create_group("other")
    group.create_dataset("compound", data=np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f4")]))
    group.create_dataset("complex", data=np.array([1 + 2j], "<c8"))
    group.create_dataset("array", shape=(1,), dtype=np.dtype(("<f4", (2,))))
    group.create_dataset("opaque", data=np.array([b"\0\1"], np.dtype("V2")))
    lists = group.create_dataset("lists", (1,), dtype=h5py.vlen_dtype(np.dtype("<i4")))
    lists[0] = [1, 2, 3]
    group.create_dataset("enumeration", data=np.array([0, 2], "<i1"), dtype=h5py.enum_dtype({"N": 0, "S": 2}, "i1"))
    references = group.create_dataset("reference", (1,), dtype=h5py.ref_dtype)
    references[0] = group.ref
    low_level(group, "bits", h5t.STD_B8LE, np.array([3], "u1"))
    group["named-type"] = np.dtype("<f4")


def links(file):
    """Soft, hard and external links, and groups in circles."""
    block = np.arange(24, dtype="<f4").reshape(2, 3, 4)
    file.create_dataset("storage/contiguous", data=block)
    group = file.create_group("links")
    group["hard"] = file["storage/contiguous"]
    group["soft"] = h5py.SoftLink("/storage/contiguous")
    group["soft-to-group"] = h5py.SoftLink("/storage")
    group["relative"] = h5py.SoftLink("inner/leaf")
    inner = group.create_group("inner")
    inner.create_dataset("leaf", data=np.array([4], "<f4"))
    inner["up"] = group  # a circle of hard links
    group["self"] = h5py.SoftLink("/links")
    group["dangling"] = h5py.SoftLink("/nowhere")
    group["endless-a"] = h5py.SoftLink("/links/endless-b")
    group["endless-b"] = h5py.SoftLink("/links/endless-a")
    group["external"] = h5py.ExternalLink("keras.h5", "/")
    group["soft-to-external"] = h5py.SoftLink("/links/external")
    ladder = group.create_group("ladder")  # every rung twice: 2^30 paths to one data set
    for _ in range(30):
        rung = ladder.create_group("a")
        ladder["b"] = rung
        ladder = rung
    ladder.create_dataset("bottom", data=np.float32(1))


def attributes(file):
    group = file.create_group("attributes")
    values = group.attrs
    values["text"] = "µV"
    values["empty-text"] = ""
    values["texts"] = ["a", "bc", "µV"]
    values["bytes"] = np.bytes_(b"tensorflow")
    values["names"] = np.array([b"conv1d", b"max", b"d"])
    values.create("space-padded", b"ab  ", dtype=h5py.Datatype(fixed_text(4, h5t.STR_SPACEPAD)))
    values.create("zero-terminated", np.array([b"ab", b"c"]), dtype=h5py.Datatype(fixed_text(4, h5t.STR_NULLTERM)))
    values["empty-list"] = []
    values.create("no-texts", [], shape=(0,), dtype=h5py.string_dtype())
    values["integer"] = -3
    values["integers"] = np.array([1, 2, 3], ">u2")
    values["float"] = 0.25
    values["floats"] = np.array([0.5, -1.5], "<f4")
    values["table"] = np.array([[1, 2], [3, 4]], "<i4")
    values["boolean"] = True
    values["booleans"] = np.array([False, True])
    values["null"] = h5py.Empty("<f4")
    values["no-text"] = h5py.Empty("S1")
    values["beyond-signed"] = np.uint64(2**63)
    values["complex"] = np.complex64(1j)
    values["latin"] = np.bytes_("µV".encode("latin-1"))
    leaf = group.create_dataset("leaf", data=np.float32(1))
    leaf.attrs["unit"] = "mV"


def keras(path):
    """What Keras 2 writes, in small."""
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = '{"class_name": "Sequential", "config": {"layers": []}}'
        file.attrs["keras_version"] = "2.4.0"
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = np.array([b"conv1d", b"flatten", b"dense"])
        for layer, shapes in {"conv1d": {"kernel:0": (3, 1, 2), "bias:0": (2,)}, "flatten": {}, "dense": {"kernel:0": (4, 2)}}.items():
            group = weights.create_group(layer)
            group.attrs["weight_names"] = [f"{layer}/{name}".encode() for name in shapes]
            for name, shape in shapes.items():
                group.create_dataset(f"{layer}/{name}", data=np.arange(np.prod(shape), dtype="<f4").reshape(shape))


def newest(path):
    """The newest forms of version 1.10 of the format: other superblock, headers, indices and dense attributes."""
    with h5py.File(path, "w", libver=("v110", "v110")) as file:
        block = np.arange(24, dtype="<f4").reshape(2, 3, 4)
        file.create_dataset("contiguous", data=block)
        file.create_dataset("gzip", data=block, chunks=(1, 3, 4), compression="gzip")
        file.create_dataset("growing", data=block, chunks=(1, 3, 4), maxshape=(None, 3, 4))
        file.create_dataset("growing-twice", data=block, chunks=(1, 3, 4), maxshape=(None, None, 4))
        group = file.create_group("many", track_order=True)
        for index in range(12):
            group.create_dataset(f"d{index:02}", data=np.float32(index))
            group.attrs[f"a{index:02}"] = index


def patched(path, find, replacement, build):
    """Writes a file and replaces one unique run of bytes in it."""
    build(path)
    with open(path, "rb") as stream:
        content = stream.read()
    assert content.count(find) >= 1, path
    with open(path, "wb") as stream:
        stream.write(content.replace(find, replacement))


def little(*extents):
    return b"".join(value.to_bytes(8, "little") for value in extents)


def hostile(folder):
    """Files whose claims go far beyond what they hold."""

    def contiguous(path):
        with h5py.File(path, "w") as file:
            file.create_dataset("x", data=np.zeros((7, 11), "<f4"))

    where = os.path.join(folder, "hostile-contiguous.h5")
    patched(where, little(7, 11), little(1 << 20, 1 << 20), contiguous)
    where = os.path.join(folder, "hostile-overflow.h5")
    patched(where, little(7, 11), little(1 << 40, 1 << 40), contiguous)
    where = os.path.join(folder, "hostile-zero.h5")  # 0 elements, and still extents that overflow when multiplied
    patched(where, little(7, 11, 13), little(1 << 40, 1 << 40, 0),
            lambda path: h5py.File(path, "w").create_dataset("x", data=np.zeros((7, 11, 13), "<f4")).file.close())
    with h5py.File(os.path.join(folder, "hostile-sparse.h5"), "w") as file:
        file.create_dataset("x", shape=(1 << 40,), dtype="<f4", chunks=(1024,))
        file.create_dataset("never", shape=(1 << 40,), dtype="<f4")
        file.create_dataset("packed", shape=(1 << 40,), dtype="<f4", chunks=(1024,), compression="gzip")[0] = 1
        file.create_dataset("chunk", shape=(4,), maxshape=(None,), dtype="<f4", chunks=(1 << 29,))
        file.create_dataset("chunks", shape=(1 << 20,), dtype="<f4", chunks=(1,))
    with h5py.File(os.path.join(folder, "hostile-texts.h5"), "w") as file:
        # Many references to one long text: rewritten below to share it.
        texts = ["x" * 30_000] + [f"{index:03}" for index in range(200)]
        file.create_dataset("x", data=texts, dtype=h5py.string_dtype())
    share_first_text(os.path.join(folder, "hostile-texts.h5"), 201)
    with h5py.File(os.path.join(folder, "outside.h5"), "w") as file:
        space = h5s.create_simple((4,))
        creation = h5p.create(h5p.DATASET_CREATE)
        creation.set_external(b"keras.h5", 0, 16)
        h5d.create(file.id, b"raw", h5t.IEEE_F32LE, space, creation)
        layout = h5py.VirtualLayout(shape=(2,), dtype="<f4")
        layout[:] = h5py.VirtualSource("keras.h5", "model_weights/conv1d/conv1d/bias:0", shape=(2,))
        file.create_virtual_dataset("virtual", layout)


def share_first_text(path, count):
    """Makes all references of a data set of texts point at its first text."""
    with h5py.File(path, "r") as file:
        start = file["x"].id.get_offset()
    with open(path, "r+b") as stream:
        stream.seek(start)
        first = stream.read(16)
        stream.seek(start)
        stream.write(first * count)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "Tests", "HDF5FilesTests", "Resources")
    for name, fill in {"numbers": numbers, "storage": storage, "text": text, "other": other,
                       "attributes": attributes}.items():
        with h5py.File(os.path.join(folder, name + ".h5"), "w") as file:
            fill(file)
    with h5py.File(os.path.join(folder, "links.h5"), "w", libver=("v110", "v110")) as file:  # small groups
        links(file)
    keras(os.path.join(folder, "keras.h5"))
    newest(os.path.join(folder, "newest.h5"))
    hostile(folder)


if __name__ == "__main__":
    main()
