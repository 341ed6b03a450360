import os

import httpx

TIMETABLE = os.environ.get("TIMETABLE_URL", "http://timetable:9000")


async def next_departures(stop: str) -> list[dict[str, str]] | None:
    async with httpx.AsyncClient(base_url=TIMETABLE, timeout=3) as client:
        answer = await client.get(f"/stops/{stop}")
    if answer.status_code == 404:
        return None
    answer.raise_for_status()
    return answer.json()["departures"]
