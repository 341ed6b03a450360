import pytest

from tidewatch.__main__ import app


@pytest.fixture
def client():
    return app.test_client()
