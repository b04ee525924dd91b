confusion = table("confusion.csv").pivot(index="label", columns="predicted", values="count").fillna(0)
confusion
