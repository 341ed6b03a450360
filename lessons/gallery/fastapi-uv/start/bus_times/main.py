from fastapi import FastAPI, HTTPException

from bus_times.stops import next_departures

app = FastAPI(title="Bus times")


@app.get("/health")
async def health() -> dict[str, bool]:
    return {"ok": True}


@app.get("/stops/{stop}/departures")
async def departures(stop: str) -> list[dict[str, str]]:
    found = await next_departures(stop)
    if found is None:
        raise HTTPException(404, "no such stop")
    return found
