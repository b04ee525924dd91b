"""Puts the figures of Scripts/make-gallery.sh side by side and writes the page around them.

    python3 Scripts/gallery/page.py WORK TEXTS TARGET

WORK holds <item>.<method>.png, or <item>.<method>.txt with the reason why a method does not apply, and methods.txt, the output of
`lens methods`. Fails when a method has no text, a text has no method, or a figure is missing that TEXTS does not announce with `not-for:`.
"""

import pathlib
import re
import sys

from PIL import Image

ITEMS = {"digit": "the digit", "beat": "the heartbeat", "tile": "the tile"}
HEIGHT = 330
GAP = 12
COLOURS = 160

HEAD = """# Gallery: every method on the same three items

A digit of MNIST-1D (`x-7` of `data/samples/mnist1d-samples.h5`), a synthetic heartbeat with an inverted T wave (`x-6` of
`data/samples/beats-samples.h5`) and a synthetic tile of mucosa (`data/samples/tissue/06_MUCOSA`), each explained by the network in `data/models` that
belongs to it, for the class that the network predicts, before the softmax and with the standard settings of the method unless said otherwise. Neither the beat nor the
tile was taken from anybody.

What there is to find: the digit's curve covers positions 5 to 12; the T wave lies between 0.42 and 0.80 s; what makes the tile mucosa is the
glands. A method that points elsewhere may be wrong, or the network may look elsewhere: the picture alone does not tell.

Made by `Scripts/make-gallery.sh`; the texts are in `Scripts/gallery/methods.txt`.
"""


def texts(path):
    """The blocks of the file: identifier -> {read, doubt, not-for}."""
    blocks = {}
    for line in path.read_text().splitlines():
        if match := re.fullmatch(r"\[(.+)\]", line):
            block = blocks.setdefault(match[1], {})
        elif line and not line.startswith("#"):
            key, text = line.split(": ", 1)
            block[key] = text
    return blocks


def methods(listing):
    """Identifier -> (family, reference), in the order of the catalogue, and identifier -> summary."""
    lines = listing.splitlines()
    end = lines.index("")
    rows = [re.split(r"  +", line.strip()) for line in lines[2:end]]
    families = {row[0]: (row[1], row[-1]) for row in rows}
    summaries = {}
    for line in lines[end:]:
        if match := re.match(r"([a-z0-9-]+): (.+)", line):
            summaries.setdefault(match[1], match[2])
    return families, summaries


def side_by_side(paths, target):
    """One small picture of several figures."""
    figures = [Image.open(path).convert("RGB") for path in paths]
    figures = [
        figure.resize((round(figure.width * HEIGHT / figure.height), HEIGHT), Image.Resampling.LANCZOS) for figure in figures
    ]
    width = sum(figure.width for figure in figures) + GAP * (len(figures) - 1)
    picture = Image.new("RGB", (width, HEIGHT), "white")
    left = 0
    for figure in figures:
        picture.paste(figure, (left, 0))
        left += figure.width + GAP
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def main():
    work, text_file, target = map(pathlib.Path, sys.argv[1:])
    blocks = texts(text_file)
    families, summaries = methods((work / "methods.txt").read_text())
    if stale := sorted(set(blocks) - set(families)):
        sys.exit(f"{text_file} has texts for methods that are not there: {', '.join(stale)}")
    page = [HEAD]
    family = None
    for method, (its_family, reference) in families.items():
        block = blocks.get(method, {})
        if not {"read", "doubt"} <= set(block):
            sys.exit(f"{text_file} says too little of '{method}': it takes a line 'read:' and a line 'doubt:'")
        if its_family != family:
            page.append(f"\n## {its_family.capitalize()}\n")
            family = its_family
        shown = [item for item in ITEMS if (work / f"{item}.{method}.png").exists()]
        missing = [item for item in ITEMS if item not in shown]
        if missing != block.get("not-for", "").split():
            reasons = "; ".join((work / f"{item}.{method}.txt").read_text().strip() for item in missing)
            sys.exit(f"'{method}' did not explain {missing}, expected: '{block.get('not-for', 'all explained')}'. {reasons}")
        side_by_side([work / f"{item}.{method}.png" for item in shown], target / "gallery" / f"{method}.png")
        page.append(f"### {method}\n\n{summaries[method]} {reference}\n")
        page.append(f"![{method} on {', '.join(ITEMS[item] for item in shown)}](gallery/{method}.png)\n")
        for item in missing:
            reason = (work / f"{item}.{method}.txt").read_text().strip().removeprefix("Error: ")
            page.append(f"Not for {ITEMS[item]}: {reason}.\n")
        if "options" in block:
            page.append(f"With `{block['options']}`.\n")
        page.append(f"*How to read it.* {block['read']}\n\n*When not to trust it.* {block['doubt']}\n")
    (target / "gallery.md").write_text("\n".join(page))


if __name__ == "__main__":
    main()
