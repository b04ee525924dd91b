for metric, part in means.dropna(subset=["mean"]).groupby("metric", sort=False):
    figure, axis = plt.subplots(figsize=(7, 1 + 0.35 * len(part)), layout="constrained")
    errors = None
    if {"ci_low", "ci_high"} <= set(part):
        errors = np.clip([part["mean"] - part["ci_low"], part["ci_high"] - part["mean"]], 0, None)
        errors = np.nan_to_num(errors)
    axis.barh(part["method"], part["mean"], xerr=errors, color="tab:cyan", capsize=3)
    axis.invert_yaxis()
    axis.set_title(metric)
    axis.set_xlabel("mean and 95 % interval")
    plt.show()
