#!/usr/bin/env python3
"""Writes the images that ImagesTests read, and the pixels that Pillow sees in them.

    python3 Scripts/make-image-fixtures.py

needs pillow and numpy. It writes, under Tests/ImagesTests/Resources:

    images/*        small PNG, TIFF and JPEG files; what Pillow cannot write is written here byte by byte
    expected.bin    samples, one array after the other
    expected.json   for each image and each resizing, its extents and where its arrays begin in expected.bin

Pixels are those of Pillow's convert("RGB"), convert("L") and the alpha of convert("RGBA"). For samples of 16 bits, which
Pillow cuts to their upper byte, they are computed here: value / 257, rounded.
"""

import io
import json
import pathlib
import struct
import warnings
import zlib

import numpy as np
from PIL import Image

# Pillow warns when the alpha of a palette is dropped, which is what is asked for here.
warnings.filterwarnings("ignore", "Palette images with Transparency")
RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "Tests/ImagesTests/Resources"
random = np.random.default_rng(20240229)
expected = bytearray()
known = {}
images, resizings = [], []


def keep(array):
    """Appends samples to expected.bin, unless they are there, and returns where they begin."""
    data = np.ascontiguousarray(array, dtype=np.uint8).tobytes()
    if data not in known:
        known[data] = len(expected)
        expected.extend(data)
    return known[data]


def add(name, content, pixels=None):
    """Writes one image; `pixels` are its 8-bit samples where Pillow cannot be asked."""
    (RESOURCES / "images" / name).write_bytes(content)
    picture = Image.open(io.BytesIO(content)) if pixels is None else Image.fromarray(pixels)
    picture.load()
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    entry = {"file": name, "height": picture.height, "width": picture.width}
    entry["rgb"] = keep(np.array(picture.convert("RGB")))
    entry["grey"] = keep(np.array(picture.convert("L")))
    if has_alpha:
        entry["alpha"] = keep(np.array(picture.convert("RGBA"))[..., 3])
    images.append(entry)


def smooth(height, width, channels):
    """A picture with edges, gradients and a little noise, so that no two rows, columns or channels are alike."""
    y, x = np.mgrid[0:height, 0:width]
    planes = []
    for channel in range(channels):
        plane = 127 + 90 * np.sin(x / (3 + channel) + channel) * np.cos(y / (4 - channel / 2))
        plane += np.where(x + y > (height + width) / 2, 40, -40)
        planes.append(plane + random.integers(-12, 13, (height, width)))
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def to_8_bits(values):
    return np.floor(values / 257 + 0.5).astype(np.uint8)


# PNG -----------------------------------------------------------------------------------------------------------------


def pack(samples, bits):
    """Rows of samples as bytes, first sample in the highest bits."""
    height = samples.shape[0]
    flat = samples.reshape(height, -1)
    if bits == 16:
        return [row.astype(">u2").tobytes() for row in flat]
    if bits == 8:
        return [row.astype(np.uint8).tobytes() for row in flat]
    spread = ((flat[..., None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8)
    return [np.packbits(row).tobytes() for row in spread.reshape(height, -1)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(samples, bits, color, interlaced=False, extra=b""):
    """A PNG with every row unfiltered; `extra` are chunks before the pixels."""
    samples = samples if samples.ndim == 3 else samples[..., None]
    height, width = samples.shape[:2]
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    raw = b""
    for row, column, down, across in passes:
        part = samples[row::down, column::across]
        if part.size:
            raw += b"".join(b"\0" + line for line in pack(part, bits))
    header = struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def make_pngs():
    height, width = 13, 19
    for bits in (1, 2, 4, 8, 16):
        grey = random.integers(0, 1 << bits, (height, width))
        pixels = to_8_bits(grey) if bits == 16 else None
        add(f"grey-{bits}.png", png(grey, bits, 0), pixels)
        add(f"grey-{bits}-interlaced.png", png(grey, bits, 0, True), pixels)
    for bits in (1, 2, 4, 8):
        colors = min(1 << bits, 200)
        indices = random.integers(0, colors, (height, width))
        palette = chunk(b"PLTE", random.integers(0, 256, colors * 3, dtype=np.uint8).tobytes())
        add(f"palette-{bits}.png", png(indices, bits, 3, extra=palette))
        alpha = chunk(b"tRNS", random.integers(0, 256, max(1, colors // 2), dtype=np.uint8).tobytes())
        add(f"palette-{bits}-alpha-interlaced.png", png(indices, bits, 3, True, palette + alpha))
    for name, color, channels in (("rgb", 2, 3), ("grey-alpha", 4, 2), ("rgb-alpha", 6, 4)):
        eight = random.integers(0, 256, (height, width, channels))
        add(f"{name}-8.png", png(eight, 8, color))
        add(f"{name}-8-interlaced.png", png(eight, 8, color, True))
        sixteen = random.integers(0, 65536, (height, width, channels))
        add(f"{name}-16.png", png(sixteen, 16, color), to_8_bits(sixteen))
    # Indices beyond the palette are black.
    short = chunk(b"PLTE", bytes([10, 20, 30, 40, 50, 60]))
    add("palette-2-short.png", png(np.array([[0, 1, 2, 3], [3, 2, 1, 0]]), 2, 3, extra=short))
    grey = random.integers(0, 4, (height, width)) * 60
    add("grey-8-transparent.png", png(grey, 8, 0, extra=chunk(b"tRNS", struct.pack(">H", 120))))
    rgb = random.integers(0, 2, (height, width, 3)) * 255
    add("rgb-8-transparent.png", png(rgb, 8, 2, extra=chunk(b"tRNS", struct.pack(">HHH", 255, 0, 255))))
    filtered = io.BytesIO()
    Image.fromarray(smooth(25, 37, 3)).save(filtered, "PNG", optimize=True)
    add("rgb-8-filtered.png", filtered.getvalue())
    # A gamma that is not to be applied, a text, and pixels in several chunks.
    rows = b"".join(b"\0" + line for line in pack(random.integers(0, 256, (5, 3, 3)), 8))
    data = zlib.compress(rows)
    add("rgb-8-chunks.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 5, 8, 2, 0, 0, 0))
        + chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"tEXt", b"Comment\0none")
        + b"".join(chunk(b"IDAT", data[i:i + 7]) for i in range(0, len(data), 7)) + chunk(b"IEND", b""))


# TIFF ----------------------------------------------------------------------------------------------------------------


def pack_bits(data):
    """PackBits: runs of equal bytes and runs of different ones."""
    out, i = bytearray(), 0
    while i < len(data):
        run = 1
        while i + run < len(data) and run < 128 and data[i + run] == data[i]:
            run += 1
        if run > 1:
            out += bytes([257 - run, data[i]])
        else:
            while i + run < len(data) and run < 128 and data[i + run] != data[i + run - 1]:
                run += 1
            out += bytes([run - 1]) + data[i:i + run]
        i += run
    return bytes(out)


def tiff(samples, bits, photometric, *, order="<", big=False, tile=None, rows=None, planar=False, compression=1,
         predictor=1, tags=()):
    """A TIFF of strips of `rows` rows, or of tiles of `tile` x `tile` pixels."""
    samples = samples if samples.ndim == 3 else samples[..., None]
    height, width, channels = samples.shape
    down, across = (tile, tile) if tile else (rows or height, width)
    planes = [samples[..., i:i + 1] for i in range(channels)] if planar else [samples]
    blocks = []
    for plane in planes:
        for y in range(0, height, down):
            for x in range(0, width, across):
                block = plane[y:y + down, x:x + across].astype(np.int64)
                if tile:
                    padding = ((0, down - block.shape[0]), (0, across - block.shape[1]), (0, 0))
                    block = np.pad(block, padding, constant_values=1)
                if predictor == 2:
                    block = np.concatenate([block[:, :1], np.diff(block, axis=1) % (1 << bits)], 1)
                lines = pack(block, bits)
                if bits == 16 and order == "<":
                    lines = [np.frombuffer(line, ">u2").astype("<u2").tobytes() for line in lines]
                if compression == 32773:
                    lines = [pack_bits(line) for line in lines]
                data = b"".join(lines)
                blocks.append(zlib.compress(data) if compression in (8, 32946) else data)
    entries = {256: (4, [width]), 257: (4, [height]), 258: (3, [bits] * channels), 259: (3, [compression]),
               262: (3, [photometric]), 277: (3, [channels]), 284: (3, [2 if planar else 1])}
    if predictor == 2:
        entries[317] = (3, [2])
    if tile:
        entries[322], entries[323] = (3, [tile]), (3, [tile])
    else:
        entries[278] = (4, [down])
    entries.update(dict(tags))
    return assemble(blocks, entries, order, big, bool(tile))


def assemble(blocks, entries, order, big, tiled):
    """The blocks, then values that do not fit their entry, then the directory."""
    word = "Q" if big else "I"
    body = bytearray(struct.pack(order + "2sHHHQ" if big else order + "2sHI", b"II" if order == "<" else b"MM",
                                 *((43, 8, 0, 0) if big else (42, 0))))
    offsets = []
    for block in blocks:
        offsets.append(len(body))
        body += block + b"\0" * (len(block) % 2)
    entries[324 if tiled else 273] = (16 if big else 4, offsets)
    entries[325 if tiled else 279] = (16 if big else 4, [len(block) for block in blocks])
    directory = b""
    for tag, (kind, values) in sorted(entries.items()):
        data = struct.pack(order + {3: "H", 4: "I", 16: "Q"}[kind] * len(values), *values)
        room = 8 if big else 4
        if len(data) > room:
            place = len(body)
            body += data + b"\0" * (len(data) % 2)
            data = struct.pack(order + word, place)
        directory += struct.pack(order + "HH" + word, tag, kind, len(values)) + data.ljust(room, b"\0")
    start = len(body)
    body += struct.pack(order + ("Q" if big else "H"), len(entries)) + directory + b"\0" * (8 if big else 4)
    struct.pack_into(order + word, body, 8 if big else 4, start)
    return bytes(body)


def saved(picture, kind, **options):
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def make_tiffs():
    height, width = 21, 35
    rgb = smooth(height, width, 3)
    grey = smooth(height, width, 1)
    for compression in ("raw", "packbits", "tiff_lzw", "tiff_adobe_deflate"):
        for name, samples in (("rgb", rgb), ("grey", grey[..., 0])):
            add(f"{name}-{compression.removeprefix('tiff_')}.tif",
                saved(Image.fromarray(samples), "TIFF", compression=compression, tiffinfo={278: 7}))
    add("rgb-lzw-predictor.tif", saved(Image.fromarray(rgb), "TIFF", compression="tiff_lzw", tiffinfo={317: 2}))
    add("rgb-jpeg.tif", saved(Image.fromarray(rgb), "TIFF", compression="jpeg"))
    add("grey-jpeg.tif", saved(Image.fromarray(grey[..., 0]), "TIFF", compression="jpeg"))
    add("rgb-tiles.tif", tiff(rgb, 8, 2, tile=16))
    add("rgb-tiles-deflate-predictor.tif", tiff(rgb, 8, 2, tile=16, compression=8, predictor=2))
    add("rgb-tiles-planar.tif", tiff(rgb, 8, 2, tile=16, planar=True, compression=32773))
    add("rgb-planar.tif", tiff(rgb, 8, 2, rows=8, planar=True))
    add("rgb-older-deflate.tif", tiff(rgb, 8, 2, rows=8, compression=32946))
    add("rgb-big-endian.tif", tiff(rgb, 8, 2, order=">", rows=10))
    add("rgb-bigtiff.tif", tiff(rgb, 8, 2, big=True, rows=10))
    small_height, small_width = 11, 21
    for photometric, name in ((0, "white-is-zero"), (1, "black-is-zero")):
        for bits in (1, 2, 4, 8):
            samples = random.integers(0, 1 << bits, (small_height, small_width))
            add(f"{name}-{bits}.tif", tiff(samples, bits, photometric, rows=4))
        samples = random.integers(0, 65536, (small_height, small_width))
        grey16 = to_8_bits(samples)
        add(f"{name}-16.tif", tiff(samples, 16, photometric, rows=4), 255 - grey16 if photometric == 0 else grey16)
    samples = random.integers(0, 65536, (small_height, small_width, 3))
    add("rgb-16.tif", tiff(samples, 16, 2, rows=4), to_8_bits(samples))
    add("rgb-16-big-endian-planar-tiles.tif",
        tiff(samples, 16, 2, order=">", tile=16, planar=True, compression=8), to_8_bits(samples))
    for bits in (1, 2, 4, 8):
        palette = (320, (3, list(map(int, random.integers(0, 65536, 3 << bits)))))
        indices = random.integers(0, 1 << bits, (small_height, small_width))
        add(f"palette-{bits}.tif", tiff(indices, bits, 3, rows=4, tags=[palette]))
    rgba = random.integers(0, 256, (small_height, small_width, 4))
    for kind, name in ((0, "unspecified"), (1, "premultiplied"), (2, "alpha")):
        add(f"rgb-{name}.tif", tiff(rgba, 8, 2, tags=[(338, (3, [kind]))]))
    add("rgb-alpha-planar.tif", tiff(rgba, 8, 2, planar=True, compression=8, tags=[(338, (3, [2]))]))
    add("grey-alpha.tif", tiff(rgba[..., :2], 8, 1, tags=[(338, (3, [2]))]))
    add("cmyk.tif", tiff(rgba, 8, 5, compression=32773))
    for orientation in range(1, 9):
        add(f"orientation-{orientation}.tif", tiff(smooth(5, 8, 3), 8, 2, tags=[(274, (3, [orientation]))]))


# JPEG ----------------------------------------------------------------------------------------------------------------


def make_jpegs():
    rgb = Image.fromarray(smooth(37, 43, 3))
    for name, options in (("444", {"subsampling": 0}), ("422", {"subsampling": 1}), ("420", {"subsampling": 2}),
                          ("420-progressive", {"subsampling": 2, "progressive": True}),
                          ("rgb", {"keep_rgb": True}), ("restarts", {"restart_marker_blocks": 3})):
        add(f"{name}.jpg", saved(rgb, "JPEG", quality=85, **options))
    # Pillow writes neither 4:4:0 nor 4:1:1; where the blocks come out even, another sampling is another byte of the frame.
    even = Image.fromarray(smooth(32, 32, 3))
    for name, subsampling, sampling in (("440", 1, 0x12), ("411", 2, 0x41)):
        data = bytearray(saved(even, "JPEG", quality=80, subsampling=subsampling))
        frame = data.index(b"\xff\xc0\0\x11\x08")
        data[frame + 11] = sampling
        add(f"{name}.jpg", bytes(data))
    add("grey.jpg", saved(rgb.convert("L"), "JPEG", quality=60))
    add("grey-progressive.jpg", saved(rgb.convert("L"), "JPEG", quality=60, progressive=True))
    inks = Image.frombytes("CMYK", (26, 30), smooth(30, 26, 4).tobytes())
    cmyk = saved(inks, "JPEG", quality=90)
    add("cmyk.jpg", cmyk)
    # Pillow writes no YCCK; the same samples become YCCK by the transform byte of the Adobe marker.
    adobe = cmyk.index(b"Adobe") + 11
    assert cmyk[adobe] == 0
    add("ycck.jpg", cmyk[:adobe] + b"\2" + cmyk[adobe + 1:])
    oriented = Image.Exif()
    oriented[274] = 6
    add("orientation-6.jpg", saved(Image.fromarray(smooth(9, 14, 3)), "JPEG", exif=oriented))


# Resizing ------------------------------------------------------------------------------------------------------------


def resize(picture, width, height):
    """Pillow's BILINEAR, rows first.

    Up to version 12 Pillow resizes rows first in any case; from version 13 it begins with the columns where the height
    shrinks much more than the width, which gives other roundings. Two calls settle the order. Between them colours must stay
    multiplied by alpha, as they do within one call.
    """
    if picture.size == (width, height):
        return picture
    inner = {"LA": "La", "RGBA": "RGBa"}.get(picture.mode, picture.mode)
    inside = picture.convert(inner)
    for size in ((width, picture.height), (width, height)):
        inside = inside.resize(size, Image.Resampling.BILINEAR)
    return inside.convert(picture.mode)


def make_resizings():
    cases = [((13, 17), (29, 31)), ((29, 31), (13, 17)), ((1, 1), (5, 7)), ((7, 5), (1, 1)), ((1, 9), (4, 3)),
             ((9, 1), (3, 4)), ((12, 11), (12, 23)), ((12, 11), (5, 11)), ((37, 23), (36, 24)), ((40, 30), (3, 5)),
             ((3, 4), (31, 26)), ((21, 8), (8, 21)), ((6, 6), (6, 6))]
    for mode, channels in (("L", 1), ("LA", 2), ("RGB", 3), ("RGBA", 4)):
        for (height, width), (new_height, new_width) in cases:
            samples = random.integers(0, 256, (height, width, channels), dtype=np.uint8)
            # Pure black and white, where sums could leave the range.
            samples[random.random(samples.shape) < 0.2] = 255
            samples[random.random(samples.shape) < 0.2] = 0
            picture = Image.frombytes(mode, (width, height), samples.tobytes())
            resized = resize(picture, new_width, new_height)
            resizings.append({"height": height, "width": width, "channels": channels, "newHeight": new_height,
                              "newWidth": new_width, "samples": keep(samples), "resized": keep(np.array(resized))})


(RESOURCES / "images").mkdir(parents=True, exist_ok=True)
for old in (RESOURCES / "images").iterdir():
    old.unlink()
make_pngs()
make_tiffs()
make_jpegs()
make_resizings()
(RESOURCES / "expected.bin").write_bytes(expected)
with open(RESOURCES / "expected.json", "w") as index:
    index.write('{\n"images": [\n' + ",\n".join(map(json.dumps, images)) + '\n],\n"resizings": [\n'
                + ",\n".join(map(json.dumps, resizings)) + "\n]\n}\n")
total = sum(path.stat().st_size for path in RESOURCES.rglob("*") if path.is_file())
print(f"{len(images)} images, {len(resizings)} resizings, {total} bytes")
