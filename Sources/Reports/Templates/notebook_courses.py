curves = table("curves.csv").dropna(subset=["fraction", "mean"])
for metric, part in curves.groupby("metric", sort=False):
    figure, axis = plt.subplots(figsize=(7, 4.2), layout="constrained")
    for method, curve in part.groupby("method", sort=False):
        axis.plot(curve["fraction"], curve["mean"], label=method)
        if "standard_error" in curve:
            error = curve["standard_error"].fillna(0)
            axis.fill_between(curve["fraction"], curve["mean"] - error, curve["mean"] + error, alpha=0.2)
    axis.set_title(metric)
    axis.set_xlabel("share of the steps")
    axis.set_ylabel("mean")
    axis.legend()
    plt.show()
