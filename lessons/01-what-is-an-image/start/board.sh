# The departure board of a small station, one train a line.
station="${STATION:-Unnamed Halt}"
echo "Departures from $station"
for train in "08:02 Harbour" "08:19 Old Mill" "08:41 Airport"; do
  echo "  $train"
done
