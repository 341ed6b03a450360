//! A development server: builds, serves, and builds again at every change.

use crate::build::trunk;
use crate::program::{announce, say};
use crate::setup;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

/// How the page is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to compile again after an edit.
    Dev,
    /// As it is published.
    Release,
}

const FIRST_PORT: u16 = 8080;
const PORTS_TRIED: u16 = 100;
const ANNOUNCER_LOOKS_EVERY: Duration = Duration::from_millis(200);

/// The command `serve`. On Unix it does not return: this process becomes the server, so that whoever stops it by its
/// process id stops the server.
///
/// # Errors
/// When the set-up fails, no port is free, or Trunk cannot be started.
pub fn run(profile: Profile) -> Result<(), String> {
    let toolbox = setup::page()?;
    let port = free_port()?;
    let how_long = match profile {
        Profile::Dev => "about two minutes the first time, then seconds",
        Profile::Release => "about two minutes the first time",
    };
    announce(&format!("Building ({how_long}), then serving on port {port} of 127.0.0.1"));
    announce_when_ready(port);
    let mut server = trunk(&toolbox, "serve");
    server
        .args(["--address", "127.0.0.1", "--port", &port.to_string()])
        .arg("--disable-address-lookup")
        // A server of its own, at the root: `dist/` stays what `build` made of it.
        .args(["--public-url", "/", "--dist", "target/serve"]);
    if profile == Profile::Release {
        server.arg("--release");
    }
    become_program(server)
}

/// What `serve` starts beside the server: waits until the port answers or the server has ended, and prints the address.
///
/// # Errors
/// When the argument is not a port.
pub fn announce_address(port: &str) -> Result<(), String> {
    let port: u16 = port.parse().map_err(|_| format!("not a port: {port}"))?;
    let server = parent();
    while parent() == server {
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            say(&format!("\n    Layerlab is at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"));
            return Ok(());
        }
        std::thread::sleep(ANNOUNCER_LOOKS_EVERY);
    }
    Ok(())
}

fn free_port() -> Result<u16, String> {
    (FIRST_PORT..FIRST_PORT + PORTS_TRIED)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| format!("no port from {FIRST_PORT} to {} is free on 127.0.0.1", FIRST_PORT + PORTS_TRIED - 1))
}

/// A second process prints the address, because this one becomes the server. Without it only a line is missing.
fn announce_when_ready(port: u16) {
    if let Ok(program) = std::env::current_exe() {
        let _ = Command::new(program).args(["announce-address", &port.to_string()]).spawn();
    }
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

#[cfg(unix)]
fn become_program(mut server: Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    let error = server.exec();
    Err(format!("trunk could not be started: {error}"))
}

#[cfg(not(unix))]
fn become_program(mut server: Command) -> Result<(), String> {
    crate::program::run(&mut server)
}
