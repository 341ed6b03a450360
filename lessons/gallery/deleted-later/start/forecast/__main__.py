import sys

import pandas

sales = pandas.read_csv(sys.stdin, parse_dates=["day"], index_col="day")
print(sales["sold"].rolling(7).mean().tail(1).to_string())
