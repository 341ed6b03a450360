//! `layerlab lesson preview`: a lesson served to the page, read anew at every request.

use std::path::Path;

use tiny_http::{Header, Response, Server};

use super::HELP;
use super::folder::read;
use crate::Answer;
use crate::arguments::{Argument, Arguments};

const PORT: u16 = 8021;

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut port, mut folder) = (PORT, None);
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--port", given) => {
                let value = arguments.value("--port", given)?;
                port = value.parse().map_err(|_| format!("--port {value}: not the number of a port"))?;
            }
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) => folder = Some(value),
        }
    }
    let folder = Path::new(folder.ok_or_else(|| format!("no lesson given\n\n{HELP}"))?);
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| format!("127.0.0.1:{port}: {error}. Choose another with --port"))?;
    let at = server.server_addr();
    println!("http://{at}/lesson.json\nOpen the page with ?lesson-url=http://{at}/lesson.json");
    for request in server.incoming_requests() {
        // a request that goes away before its answer is no reason to stop
        let _ = request.respond(answer(folder));
    }
    Ok(Answer { text: String::new(), ok: true })
}

/// The lesson as it is now; while it is wrong, what is wrong.
fn answer(folder: &Path) -> Response<std::io::Cursor<Vec<u8>>> {
    let (status, text) = match read(folder).and_then(|(pack, _)| pack.write().map_err(|error| error.to_string())) {
        Ok(text) => (200, text),
        Err(why) => (422, why),
    };
    let mut response = Response::from_string(text).with_status_code(status);
    for (name, value) in [("Access-Control-Allow-Origin", "*"), ("Cache-Control", "no-store")] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}
