#!/usr/bin/env python3
"""Writes the files under Tests/DatasetsTests/Resources.

Needs the PyPI packages numpy, scipy and h5py. The MNIST1D answers come from a second implementation of the
generator, written for this purpose with NumPy's own random functions, interpolation and statistics and with SciPy's
Gaussian filter.
"""

import io
import os
import pickle
import shutil
import struct
import zipfile

import h5py
import numpy as np
from scipy.ndimage import gaussian_filter

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.path.join(HERE, "..", "Tests", "DatasetsTests", "Resources")

KINDS = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
         "float16", "float32", "float64"]


def path(*parts):
    place = os.path.join(TARGET, *parts)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    return place


def example(kind):
    """Six numbers of each kind, among them the least and the greatest; 2 rows of 3."""
    if kind == "bool":
        values = [True, False, False, True, True, False]
    elif kind.startswith("float"):
        limits = np.finfo(kind)
        values = [0.5, -1.25, limits.max, limits.min, limits.smallest_subnormal, 3]
    else:
        limits = np.iinfo(kind)
        values = [limits.min, limits.max, 1, 2, 3, 4]
    return np.array(values, kind).reshape(2, 3)


def archive(place, members, compression):
    """Like numpy.savez, with a fixed date so that the bytes do not change from run to run."""
    with zipfile.ZipFile(place, "w", compression) as out:
        for name, content in members.items():
            out.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, compression)


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asanyarray(array), version=version)
    return out.getvalue()


def write_npy():
    ramp = np.arange(6, dtype="<f8").reshape(2, 3)
    files = {
        "plain": npy(ramp), "big-endian": npy(ramp.astype(">f8")),
        "fortran": npy(np.asfortranarray(np.arange(24, dtype="<i2").reshape(2, 3, 4))),
        "scalar": npy(np.float32(2.5)), "empty": npy(np.zeros((0, 40), "<f4")),
        "version-2": npy(ramp, (2, 0)), "version-3": npy(ramp, (3, 0)),
        "complex": npy(ramp.astype("<c16")), "text": npy(np.array(["a", "bc"])),
        "structured": npy(np.zeros(2, [("a", "<f4"), ("b", "<i8")])),
    }
    for name, content in files.items():
        with open(path("npy", name + ".npy"), "wb") as out:
            out.write(content)


def write_npz():
    little = {kind + ".npy": npy(example(kind)) for kind in KINDS}
    big = {kind + ".npy": npy(example(kind).astype(np.dtype(kind).newbyteorder(">"))) for kind in KINDS}
    archive(path("npz", "stored.npz"), little, zipfile.ZIP_STORED)
    archive(path("npz", "deflated.npz"), big, zipfile.ZIP_DEFLATED)
    archive(path("npz", "mixed.npz"), {
        "x.npy": npy(np.arange(4.0)), "names.npy": npy(np.array(["a", "bc"])), "notes.txt": b"not an array",
        "inside/y.npy": npy(np.arange(4)),
    }, zipfile.ZIP_DEFLATED)
    np.savez(path("npz", "numpy.npz"), x=np.arange(3, dtype="<f4"))


def nested():
    return {
        "x": np.arange(6, dtype="<f8").reshape(2, 3) / 4, "y": np.array([3, -1], "<i8"),
        "templates": {"x": np.asfortranarray(np.arange(6, dtype="<i2").reshape(3, 2)),
                      "big": np.array([1.5, -2], ">f4")},
        "flags": np.array([True, False]), "none": np.zeros((0, 4), "<f4"),
        "scalar": np.float32(0.25), "count": 7, "rate": 0.5, "ready": True,
        "list": [1, 2, 3], "table": [[1, 2.5], (3, 4)], "pair": (np.arange(2, dtype="u1"), np.int64(9)),
        "large": -(2 ** 40), "text": "unread", 5: [True, False],
    }


def global_text(module, name):
    return b"c" + module + b"\n" + name + b"\n"


def ladder(steps):
    """Dictionaries of which each holds the one before twice: 2**steps paths in a few bytes each."""
    content = b"\x80\x04}\x94"
    for step in range(steps):
        content += b"0}(\x8c\x01ah" + bytes([step]) + b"\x8c\x01bh" + bytes([step]) + b"u\x94"
    return content + b"."


def list_ladder(steps):
    content = b"\x80\x04](K\x01K\x02e\x94"
    for step in range(steps):
        content += b"0](h" + bytes([step]) + b"h" + bytes([step]) + b"e\x94"
    return content + b"."


class Hostile:
    def __reduce__(self):
        return os.system, ("touch /tmp/a-pickle-was-executed",)


def write_pickles():
    def write(name, content):
        with open(path("pickles", name + ".pkl"), "wb") as out:
            out.write(content)

    for protocol in (2, 3, 4, 5):
        write(f"nested-{protocol}", pickle.dumps(nested(), protocol))
    # NumPy 1 called its inner package numpy.core.
    write("numpy-1", pickle.dumps(nested(), 2).replace(b"numpy._core.", b"numpy.core."))
    write("array", pickle.dumps(np.arange(3, dtype="<i4"), 4))
    write("array-5-fortran", pickle.dumps(np.asfortranarray(np.arange(6.0).reshape(2, 3)), 5))
    write("rows", pickle.dumps([[1.5, 2], [3, 4]], 4))
    write("tuple", pickle.dumps((np.arange(2.0), np.arange(3)), 4))
    # Python 2 wrote text and elements as plain strings.
    write("python-2", b"\x80\x02}q\x00U\x01xq\x01" + global_text(b"numpy.core.multiarray", b"_reconstruct")
          + global_text(b"numpy", b"ndarray") + b"K\x00\x85U\x01b\x87R(K\x01K\x02\x85"
          + global_text(b"numpy", b"dtype") + b"U\x02f8K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xff"
          + b"J\xff\xff\xff\xffK\x00tb\x89U\x10" + struct.pack("<2d", 1.5, -2) + b"tbs.")
    write("hostile-2", pickle.dumps(Hostile(), 2))
    write("hostile-4", pickle.dumps({"x": np.arange(3), "y": Hostile()}, 4))
    write("set", pickle.dumps({"x": {1, 2}}, 4))
    write("objects", pickle.dumps({"x": np.array([None, "a"], object), "y": np.arange(2)}, 4))
    write("dates", pickle.dumps(np.array(["2020-01-01"], "datetime64[D]"), 4))
    cyclic = [1]
    cyclic.append(cyclic)
    write("cyclic-list", pickle.dumps(cyclic, 4))
    cyclic = {}
    cyclic["self"] = cyclic
    write("cyclic-dictionary", pickle.dumps(cyclic, 4))
    write("dictionary-ladder", ladder(30))
    write("list-ladder", list_ladder(30))
    write("out-of-band", pickle.dumps(np.arange(3), 5, buffer_callback=lambda buffer: None))


def write_hdf5():
    with h5py.File(path("hdf5", "arrays.h5"), "w", track_order=False) as out:
        for kind in KINDS:
            out.create_dataset("kinds/" + kind, data=example(kind))
        out.create_dataset("x", data=np.arange(6.0).reshape(2, 3))
        out.create_dataset("y", data=np.array([4, 2]))
        out.create_dataset("big", data=np.arange(3, dtype=">f4"))
        out.create_dataset("packed", data=np.arange(100, dtype="<i4").reshape(50, 2), compression="gzip")
        out.create_dataset("names", data=["a", "b"])


# MNIST1D, once more.

DRAWINGS = [
    [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5], [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
    [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5], [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
    [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5], [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
    [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5], [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5], [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
]


def templates():
    x = np.array(DRAWINGS)
    x = x - x.mean(1, keepdims=True)
    x = x / x.std(1, keepdims=True)
    return (x - x[:, :1]) / 6


def resample(values, count):
    return np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(values)), values)


def mnist1d(samples=5000, split=.8, template_length=12, padding=(36, 60), scale=.4, translation=48,
            correlated=.25, independent=.02, shear=.75, shuffle=False, length=40, seed=42):
    np.random.seed(seed)
    dilated = template_length + padding[1]
    xs, ys, masks = [], [], []
    for label, template in enumerate(templates()):
        for _ in range(samples // 10):
            zeros = padding[0] + int(np.random.rand() * (padding[1] - padding[0] + 1))
            x = resample(np.concatenate([template + 1e-8, np.zeros(zeros)]), dilated)
            x = x * (1 + scale * (np.random.rand() - .5))
            shift = np.random.choice(translation)
            x = np.concatenate([x[-shift:], x[:-shift]])
            on = x != 0
            x = np.where(on, x, gaussian_filter(correlated * np.random.randn(dilated), 2))
            x = x + independent * np.random.randn(dilated)
            x = x - shear * (np.random.rand() - .5) * np.linspace(-.5, .5, dilated)
            xs.append(resample(x, length))
            ys.append(label)
            # A finished sample is on when a sample that it is mixed from is.
            places = [divmod(j * (dilated - 1), length - 1) for j in range(length)]
            masks.append([on[left] or (rest != 0 and on[left + 1]) for left, rest in places])
    order = np.random.permutation(len(ys))
    xs, ys, masks = np.array(xs)[order], np.array(ys)[order], np.array(masks, "u1")[order]
    if shuffle:
        positions = np.random.permutation(length)
        xs, masks = xs[..., positions], masks[..., positions]
    t = resample(resample(np.linspace(-5, 5, 12) / 6, dilated), length) / xs.std()
    xs = (xs - xs.mean()) / xs.std()
    cut = int(len(ys) * split)
    return {"x": xs[:cut], "x_test": xs[cut:], "y": ys[:cut].astype("u1"), "y_test": ys[cut:].astype("u1"), "t": t,
            "mask": masks[:cut], "mask_test": masks[cut:]}


VARIANTS = {
    "default": {},
    "wrapped": dict(samples=200, padding=(4, 20), translation=31, length=24, seed=7),
    "shuffled": dict(samples=100, shuffle=True, seed=3),
    "quiet": dict(samples=105, template_length=20, scale=0, correlated=0, independent=0, shear=0, length=100,
                  split=.25, seed=2 ** 32 - 1),
    "far": dict(samples=50, translation=500, padding=(0, 0), length=7, seed=1),
}


def write_mnist1d():
    members = {}
    for name, options in VARIANTS.items():
        made = mnist1d(**options)
        for key, array in made.items():
            if key in ("x", "x_test", "mask", "mask_test"):
                array = array[:6]
            members[f"{name}/{key}.npy"] = npy(array)
    archive(path("mnist1d", "variants.npz"), members, zipfile.ZIP_DEFLATED)


def main():
    for folder in ("npy", "npz", "pickles", "hdf5", "mnist1d"):
        shutil.rmtree(os.path.join(TARGET, folder), ignore_errors=True)
    write_npy()
    write_npz()
    write_pickles()
    write_hdf5()
    write_mnist1d()


main()
