import pandas


class Readings:
    """Temperatures by station."""

    def __init__(self):
        self.rows = []

    def add(self, station, degrees):
        station = station.strip().lower()
        self.rows.append({"station": station, "degrees": degrees})

    def summary(self):
        if not self.rows:
            return {}
        table = pandas.DataFrame(self.rows).groupby("station")["degrees"]
        return table.agg(["min", "mean", "max"]).to_dict("index")
