def limits(values):
    """Colours centred at zero for both signs, else from zero upwards."""
    reach = np.abs(values).max() or 1.0
    return ("RdBu_r", -reach, reach) if values.min() < 0 else ("viridis", 0.0, reach)


def show_image(item, method, values):
    if "plane" in values:
        values = values[values["plane"] == (values["plane"].max() + 1) // 2]
    grid = values.groupby(["row", "column"])["attribution"].sum().unstack().to_numpy()
    colors, low, high = limits(grid)
    file = folder / f"{item}.input.png"
    panels = 2 if file.exists() else 1
    figure, axes = plt.subplots(1, panels, figsize=(4.5 * panels, 4.2), squeeze=False, layout="constrained")
    for axis in axes[0]:
        axis.set_axis_off()
    drawn = axes[0, 0].imshow(grid, cmap=colors, vmin=low, vmax=high)
    axes[0, 0].set_title("attribution")
    if file.exists():
        axes[0, 1].imshow(plt.imread(file)[..., :3].mean(axis=-1), cmap="gray", vmin=-0.4, vmax=1)
        axes[0, 1].imshow(grid, cmap=colors, vmin=low, vmax=high, alpha=0.85 * np.abs(grid) / high)
        axes[0, 1].set_title("over the input")
    figure.colorbar(drawn, ax=axes)
    figure.suptitle(f"{item}, {method}")
    plt.show()


def show_signal(item, method, values):
    position = "feature" if "feature" in values else "position"
    channels = values["channel"].unique()[:12] if "channel" in values else [None]
    colors, low, high = limits(values["attribution"])
    colors = colors if low < 0 else "YlGnBu"
    rows = len(channels) + 1 if "input" in values else 1
    figure, axes = plt.subplots(rows, 1, figsize=(8, 1.6 + 1.6 * rows), sharex=True, squeeze=False, layout="constrained")
    for axis, channel in zip(axes[:-1, 0], channels):
        part = values if channel is None else values[values["channel"] == channel]
        strip = part["attribution"].to_numpy()[np.newaxis]
        drawn = axis.imshow(
            strip, aspect="auto", cmap=colors, vmin=low, vmax=high, alpha=0.6,
            extent=[-0.5, len(part) - 0.5, *axis.get_ylim()], transform=axis.get_xaxis_transform())
        axis.plot(part[position], part["input"], color="black", linewidth=1)
        axis.set_xlim(-0.5, len(part) - 0.5)
        axis.set_ylim(part["input"].min() - 0.1, part["input"].max() + 0.1)
        axis.set_ylabel("input" if channel is None else f"channel {channel}")
        figure.colorbar(drawn, ax=axis)
    total = values.groupby(position)["attribution"].sum()
    axes[-1, 0].bar(total.index, total, color=np.where(total < 0, "tab:blue", "tab:red"), width=0.8)
    axes[-1, 0].axhline(0, color="gray", linewidth=0.8)
    axes[-1, 0].set_ylabel("attribution")
    axes[-1, 0].set_xlabel(position)
    figure.suptitle(f"{item}, {method}")
    plt.show()


def show(item, method):
    """Draws the map of an item by a method."""
    values = table(f"{item}.{method}.csv")
    if "row" in values:
        show_image(item, method, values)
    else:
        show_signal(item, method, values)
