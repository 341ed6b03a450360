//! Scripts and what they print: the files of `tests/shell/` hold what Debian's static busybox 1.38 prints and exits with
//! for each script (run as root by `chroot DIR /bin/sh -c`, in an empty folder `/t`, both streams together).
//!
//! A case is the script, a line `----`, the output, and a line `==== STATUS`.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot set up its image")]

use catalog::Catalog;
use filesystem::{Content, Cred, FileSystem};
use simulate::Profile;
use simulate::process::{RunOutcome, RunRequest, run};

/// An image with busybox and what the scripts look at.
fn image() -> FileSystem {
    let root = Cred::root();
    let mut fs = FileSystem::default();
    fs.set_now(1_735_689_600);
    for path in ["/bin", "/etc", "/home", "/opt", "/root", "/t", "/tmp", "/usr", "/var"] {
        fs.mkdir(path, 0o755, &root).unwrap();
    }
    fs.chmod("/tmp", 0o1777, true, &root).unwrap();
    fs.chmod("/root", 0o700, true, &root).unwrap();
    fs.write("/bin/busybox", Content::opaque("busybox", 2_063_232), 0o755, &root).unwrap();
    let applets = [
        "[", "awk", "cat", "chmod", "cut", "echo", "env", "expr", "false", "find", "grep", "head", "ls", "mkdir",
        "printf", "rm", "sed", "seq", "sh", "sleep", "sort", "su", "tail", "tee", "test", "touch", "tr", "true",
        "uniq", "wc", "which", "xargs", "yes",
    ];
    for applet in applets {
        fs.symlink("busybox", &format!("/bin/{applet}"), &root).unwrap();
    }
    let passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n";
    let group = "root:x:0:\nnogroup:x:65534:\nstaff:x:50:nobody\n";
    for (path, text) in [("/etc/passwd", passwd), ("/etc/group", group)] {
        fs.write(path, Content::text(text), 0o644, &root).unwrap();
    }
    fs
}

fn outcome(fs: &mut FileSystem, argv: &[&str], user: &str) -> RunOutcome {
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    let (catalog, profile) = (Catalog::default(), Profile::default());
    let request = RunRequest {
        argv: &argv,
        env: &[],
        cwd: "/",
        user,
        network: false,
        known: simulate::process::Known::InFull,
        profile: &profile,
        catalog: &catalog,
    };
    run(fs, &request)
}

fn text(outcome: &RunOutcome) -> String {
    outcome.log.iter().map(|line| format!("{}\n", line.text)).collect()
}

fn check(cases: &str) {
    let mut failures = String::new();
    let mut count = 0;
    for case in cases.split_inclusive("\n==== ").collect::<Vec<_>>().windows(2) {
        let [first, next] = case else { continue };
        let (status, _) = next.split_once('\n').unwrap_or((next, ""));
        let body = if count == 0 { first } else { first.split_once('\n').map_or("", |(_, body)| body) };
        count += 1;
        let body = body.strip_suffix("==== ").unwrap_or(body);
        let (script, expected) = body.split_once("\n----\n").unwrap();
        let script = script.trim_start_matches('\n');
        let argv = ["/bin/sh", "-c", &format!("cd /t\nexport PATH=/bin\n{script}")];
        let outcome = outcome(&mut image(), &argv, "");
        let (shown, expected) = (text(&outcome), expected.trim_end_matches('\n'));
        if shown.trim_end_matches('\n') != expected || outcome.exit.to_string() != status {
            failures
                .push_str(&format!("--- {script}\nexpected {status}:\n{expected}\nfound {}:\n{shown}\n", outcome.exit));
        }
    }
    assert!(count > 5, "only {count} cases");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn syntax_errors_read_as_busybox_prints_them() {
    check(include_str!("shell/syntax.txt"));
}

#[test]
fn expansions_give_what_busybox_gives() {
    check(include_str!("shell/expansion.txt"));
}

#[test]
fn builtins_do_what_busybox_does() {
    check(include_str!("shell/builtins.txt"));
}

#[test]
fn set_e_stops_where_busybox_stops() {
    check(include_str!("shell/errexit.txt"));
}

#[test]
fn commands_redirections_and_loops_run_as_in_busybox() {
    check(include_str!("shell/commands.txt"));
}

/// What the engine printed for such a step.
#[test]
fn what_cannot_start_is_told_in_the_runtimes_words() {
    let prefix = "runc run failed: unable to start container process: error during container init: exec: ";
    let cases: &[(&[&str], i32, String)] = &[
        (&["curl", "--version"], 1, format!("{prefix}\"curl\": executable file not found in $PATH\n")),
        (&["/no/x"], 1, format!("{prefix}\"/no/x\": stat /no/x: no such file or directory\n")),
        (&["/etc"], 1, format!("{prefix}\"/etc\": is a directory\n")),
        (&["/etc/passwd"], 1, format!("{prefix}\"/etc/passwd\": permission denied\n")),
        (&["/text"], 255, "exec /text: exec format error\n".to_owned()),
        (&["/lost"], 255, "exec /lost: no such file or directory\n".to_owned()),
    ];
    for (argv, exit, expected) in cases {
        let mut fs = image();
        fs.write("/text", Content::text("echo hi\n"), 0o755, &Cred::root()).unwrap();
        fs.write("/lost", Content::text("#!/no/such\n"), 0o755, &Cred::root()).unwrap();
        let outcome = outcome(&mut fs, argv, "");
        assert_eq!((outcome.exit, text(&outcome)), (*exit, expected.clone()));
        assert_eq!(outcome.start_error, None);
    }
    let outcome = outcome(&mut FileSystem::default(), &["/bin/sh", "-c", "echo hi"], "");
    assert_eq!(text(&outcome), format!("{prefix}\"/bin/sh\": stat /bin/sh: no such file or directory\n"));
}

#[test]
fn users_are_looked_up_in_the_image() {
    let id = ["/bin/sh", "-c", "echo $HOME; [ -w / ] || echo no; : > /tmp/f"];
    for (user, expected, owner) in [
        ("", "/root\n", (0, 0)),
        ("nobody", "/home\nno\n", (65534, 65534)),
        ("1234", "/\nno\n", (1234, 0)),
        ("1234:99", "/\nno\n", (1234, 99)),
        ("nobody:root", "/home\nno\n", (65534, 0)),
    ] {
        let mut fs = image();
        let outcome = outcome(&mut fs, &id, user);
        let attr = fs.stat("/tmp/f", true, &Cred::root()).unwrap().attr;
        assert_eq!((text(&outcome).as_str(), (attr.uid, attr.gid)), (expected, owner), "{user}");
    }
    let missing = outcome(&mut image(), &id, "ghost");
    assert_eq!(missing.start_error.unwrap(), "unable to find user ghost: no matching entries in passwd file");
    let missing = outcome(&mut image(), &id, "root:ghost");
    assert_eq!(missing.start_error.unwrap(), "unable to find group ghost: no matching entries in group file");
}

#[test]
fn mounts_are_there_while_the_command_runs_and_not_in_the_layer() {
    let mut fs = image();
    fs.begin_layer();
    let script = "echo x > /dev/null; echo 'a b' > /etc/hosts; echo y > /dev/shm/y; cat /dev/shm/y; echo z > /new";
    let outcome = outcome(&mut fs, &["/bin/sh", "-c", script], "");
    assert_eq!(text(&outcome), "/bin/sh: line 0: can't create /etc/hosts: Read-only file system\ny\n");
    let paths: Vec<String> = fs.layer().entries.into_iter().map(|entry| entry.path.to_string()).collect();
    assert_eq!(paths, ["/new"]);
}

#[test]
fn process_1_ignores_signals_and_the_last_command_takes_its_place() {
    let outcome = outcome(
        &mut image(),
        &["/bin/sh", "-c", "kill -9 $$; echo on; sh -c 'kill -15 $$' || echo $?; sh -c 'kill -9 $$; echo $$ $PPID'"],
        "",
    );
    assert_eq!((outcome.exit, text(&outcome).as_str()), (0, "on\nTerminated\n143\n1 0\n"));
}

/// Every one of these would go on for ever, or deeper than a stack allows.
#[test]
fn what_does_not_end_is_stopped_with_a_note() {
    let nested = format!("f() {{ {} f {}; }}; f", "(".repeat(50), ")".repeat(50));
    let scripts = [
        "while :; do :; done",
        "f() { f; }; f",
        "x='eval \"$x\"'; eval \"$x\"",
        "x=x; while :; do x=$x$x; done",
        "echo 'sh $0' > s; sh s",
        "f() { echo \"${x:-\"${x:-\"${x:-\"$(f)\"}\"}\"}\"; }; f",
        "trap g ERR; g() { (false); }; f() { eval 'f || f'; }; f",
        nested.as_str(),
    ];
    for script in scripts {
        let outcome = outcome(&mut image(), &["/bin/sh", "-c", script], "");
        let limit = outcome.meter.notes.iter().any(|note| matches!(note, simulate::Note::Limit { .. }));
        assert!(limit, "{script}: {:?}", outcome.meter.notes);
    }
}

#[test]
fn time_passes_for_sleep_and_waits_for_the_background() {
    let ms = |script| outcome(&mut image(), &["/bin/sh", "-c", script], "").meter.ms / 1000;
    assert_eq!([ms("sleep 3"), ms("sleep 3 & sleep 1"), ms("sleep 3 & wait")], [3, 1, 3]);
}
