from weather.readings import Readings


def test_a_station_has_a_mean():
    readings = Readings()
    readings.add("roof", 10.0)
    readings.add("roof", 20.0)
    assert readings.summary()["roof"]["mean"] == 15.0
