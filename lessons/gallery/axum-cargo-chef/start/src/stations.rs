use axum::{Json, extract::Path, http::StatusCode};
use serde::Serialize;

#[derive(Clone, Serialize)]
pub struct Reading {
    station: &'static str,
    celsius: f32,
    wind_ms: f32,
}

static READINGS: [Reading; 2] = [
    Reading { station: "harbour", celsius: 11.5, wind_ms: 7.2 },
    Reading { station: "ridge", celsius: 4.0, wind_ms: 13.8 },
];

pub async fn latest(Path(name): Path<String>) -> Result<Json<Reading>, StatusCode> {
    let found = READINGS.iter().find(|reading| reading.station == name);
    found.cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
}
