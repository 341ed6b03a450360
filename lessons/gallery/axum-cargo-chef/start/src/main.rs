mod stations;

use std::time::Duration;

use axum::{Router, http::StatusCode, routing::get};
use tokio::{net::TcpListener, signal::unix};
use tower_http::{timeout::TimeoutLayer, trace::TraceLayer};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().init();
    let app = Router::new()
        .route("/health", get(|| async { StatusCode::NO_CONTENT }))
        .route("/stations/{name}", get(stations::latest))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(5),
        ))
        .layer(TraceLayer::new_for_http());
    let listener = TcpListener::bind("0.0.0.0:8080").await?;
    tracing::info!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(stopped()).await
}

async fn stopped() {
    if let Ok(mut signal) = unix::signal(unix::SignalKind::terminate()) {
        signal.recv().await;
    }
}
