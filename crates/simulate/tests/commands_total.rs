//! No arguments and no input make a command panic or run away, and estimated commands leave what people look for.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use catalog::Catalog;
use filesystem::{Content, Cred, FileSystem};
use simulate::process::{RunOutcome, RunRequest, run};
use simulate::{Profile, commands};

const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// A small GNU-like image: shell and programs that are known by the names of their contents.
fn image(programs: &[&str]) -> FileSystem {
    let (mut fs, root) = (FileSystem::default(), Cred::root());
    for folder in ["/bin", "/etc", "/tmp", "/root", "/app", "/usr/bin", "/var/lib/dpkg"] {
        fs.mkdir_all(folder, 0o755, &root).unwrap();
    }
    for program in std::iter::once(&"sh").chain(programs) {
        fs.write(&format!("/bin/{program}"), Content::opaque(&format!("bin/{program}"), 1000), 0o755, &root).unwrap();
    }
    fs.write("/etc/passwd", Content::text("root:x:0:0:root:/root:/bin/sh\n"), 0o644, &root).unwrap();
    fs.write("/etc/group", Content::text("root:x:0:\n"), 0o644, &root).unwrap();
    fs
}

fn run_in(fs: &mut FileSystem, script: &str, network: bool) -> RunOutcome {
    let argv = ["/bin/sh", "-c", script].map(str::to_string);
    let env = [("PATH".to_string(), PATH.to_string()), ("HOME".to_string(), "/root".to_string())];
    let (profile, catalog) = (Profile::default(), Catalog::default());
    run(
        fs,
        &RunRequest {
            argv: &argv,
            env: &env,
            cwd: "/app",
            user: "",
            network,
            known: simulate::process::Known::InFull,
            profile: &profile,
            catalog: &catalog,
        },
    )
}

#[test]
fn no_arguments_make_a_command_panic() {
    let programs: Vec<&str> = commands::names().collect();
    let mut fs = image(&programs);
    fs.write("/app/f", Content::text("a b\nc\n\nd:e:f\n"), 0o644, &Cred::root()).unwrap();
    fs.write("/app/opaque", Content::opaque("x", 100_000), 0o644, &Cred::root()).unwrap();
    let arguments = [
        "",
        "f",
        "opaque",
        "none",
        "-",
        "--",
        "--help",
        "-x",
        "-n",
        "-n 1 f",
        "-c 1 f",
        "-d x f",
        "-f 1 f",
        "f f",
        "f opaque",
        "-r . /tmp/q",
        "'' ''",
        "'[' f",
        "'\\(' f",
        "'s/' f",
        "'{' f",
        "'é' f",
        "-e 's/é/ß/' f",
        "99999999999999999999 f",
        "-n -99999999999999999999 f",
        "-k 99999999999999999999 f",
        "-s 18446744073709551615 f",
        "1 0 3",
        "9223372036854775807 + 1",
        "-o name f",
        "install x",
        "ci",
        "run x",
        "add x",
        "-m venv v",
        "'%99999999d' 1",
        "'%s' é",
        "-t x f",
        "bs=0",
        "bs=99999999999x99999999999",
        "-w 0 f",
        "-9 f",
        "f -exec",
        "'$(' f",
        "'BEGIN{while(1)x=x \"aaaaaaaa\"}'",
        "'{print $-1}' f",
        "'function f(){return f()} BEGIN{f()}'",
        "--=",
        "-I{} f",
        "+é",
        "u+x f",
        "-é",
    ];
    for program in programs {
        for argument in arguments {
            let mut fs = fs.clone();
            let outcome = run_in(&mut fs, &format!("{program} {argument} < f"), argument.len() % 2 == 0);
            assert!(outcome.start_error.is_none(), "{program} {argument}");
        }
    }
}

#[test]
fn nothing_is_downloaded_without_a_network() {
    for (script, exit) in [
        ("curl -fsSL https://example.com/x", 6),
        ("wget https://example.com/x", 4),
        ("git clone https://example.com/x", 128),
        ("pip install flask", 1),
        ("apt-get update", 0),
    ] {
        let mut fs = image(&["curl", "wget", "git", "pip", "apt-get"]);
        assert_eq!(run_in(&mut fs, script, false).exit, exit, "{script}");
    }
}

#[test]
fn users_get_their_lines_and_homes() {
    let mut fs = image(&["useradd", "groupadd", "id", "false"]);
    let outcome =
        run_in(&mut fs, "groupadd -r app && useradd -r -m -g app -s /bin/false app && id app && useradd app", false);
    assert_eq!(outcome.exit, 9);
    assert_eq!(outcome.log[0].text, "uid=999(app) gid=999(app) groups=999(app)");
    let home = fs.stat("/home/app", true, &Cred::root()).unwrap();
    assert_eq!((home.attr.uid, home.attr.mode), (999, 0o755));
}
