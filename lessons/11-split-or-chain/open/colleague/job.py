"""Every night: yesterday's orders as a spreadsheet for the office."""
import subprocess
from io import StringIO

import pandas

dump = subprocess.run(
    ["psql", "--csv", "-c", "select * from orders where day = current_date - 1"],
    capture_output=True, text=True, check=True,
)
pandas.read_csv(StringIO(dump.stdout)).to_excel("/out/orders.xlsx")
