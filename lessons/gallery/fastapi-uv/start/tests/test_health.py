from fastapi.testclient import TestClient

from bus_times.main import app


def test_health() -> None:
    assert TestClient(app).get("/health").json() == {"ok": True}
