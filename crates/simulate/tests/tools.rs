//! Programs that a base image may have or packages bring, in an image that is known in outline: what they leave, and that
//! their steps say what was not measured.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::path::Path;

use catalog::{Catalog, parse_image};
use filesystem::{Content, Cred, FileSystem};
use simulate::process::{Known, RunOutcome, RunRequest, run};
use simulate::{Basis, Note, Profile};

fn base() -> FileSystem {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/bases/conformance-busybox-1.json");
    let image = parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()))
}

fn runs(script: &str, known: Known, network: bool) -> (RunOutcome, FileSystem) {
    let mut fs = base();
    if known == Known::InOutline {
        // of package managers an outline tells whether they are there
        for name in ["dnf", "zypper", "pacman"] {
            fs.write(&format!("/usr/bin/{name}"), Content::opaque(name, 1), 0o755, &Cred::root()).unwrap();
        }
    }
    let argv = ["/bin/sh", "-c", &format!("mkdir -p /w && cd /w\n{script}")].map(str::to_string);
    let env = [("PATH".to_string(), "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin".to_string())];
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request =
        RunRequest { argv: &argv, env: &env, cwd: "/", user: "", network, known, profile: &profile, catalog: &catalog };
    let outcome = run(&mut fs, &request);
    (outcome, fs)
}

/// A script that must end well, and files with the sizes that it must leave.
#[test]
fn tools_leave_files_of_their_size() {
    let table: &[(&str, &[(&str, u64)])] = &[
        (
            "openssl rand -hex 16 > a; openssl rand -base64 756 > b; openssl rand -out c 32",
            &[("/w/a", 33), ("/w/b", 1024), ("/w/c", 32)],
        ),
        ("openssl req -x509 -nodes -newkey rsa:2048 -subj /CN=x -keyout k -out c", &[("/w/k", 1_704), ("/w/c", 1_280)]),
        ("openssl genrsa -out k 4096 && openssl dhparam -out d 2048", &[("/w/k", 3_272), ("/w/d", 424)]),
        ("ssh-keygen -A", &[("/etc/ssh/ssh_host_rsa_key", 2_602), ("/etc/ssh/ssh_host_ed25519_key.pub", 95)]),
        ("ssh-keygen -q -t ed25519 -N '' -f id", &[("/w/id", 411), ("/w/id.pub", 95)]),
        (
            "printf '0 * * * * x\\n' | crontab - && crontab -l > t",
            &[("/var/spool/cron/crontabs/root", 12), ("/w/t", 12)],
        ),
        ("update-locale LANG=en_US.UTF-8 LC_ALL=C && update-locale LC_ALL", &[("/etc/default/locale", 17)]),
        ("A=1 B=2 envsubst '$A' > o <<'E'\n$A ${B} ${A}x $\nE", &[("/w/o", 12)]),
        (
            "mkdir -p /usr/local/share/ca-certificates; echo abc > /usr/local/share/ca-certificates/x.crt; update-ca-certificates",
            &[("/etc/ssl/certs/ca-certificates.crt", 219_346)],
        ),
        (
            "echo \"defmodule A do def project, do: [app: :my_app] end\" > mix.exs; MIX_ENV=prod mix do deps.get, compile && MIX_ENV=prod mix release",
            &[("/w/_build/prod/rel/my_app/bin/my_app", 2_000)],
        ),
        ("hugo --destination /out --minify", &[("/out/index.html", 6_000)]),
        (
            "dnf install -y nginx && dnf clean all && ls /usr/share/nginx/html && grep nginx /etc/passwd > u",
            &[("/usr/bin/nginx", 2_000_000)],
        ),
        ("echo text > f && bzip2 -k f && test -f f && test -f f.bz2 && bunzip2 -f f.bz2", &[("/w/f", 5)]),
    ];
    for (script, files) in table {
        let (outcome, fs) = runs(script, Known::InOutline, true);
        assert_eq!(outcome.exit, 0, "{script}: {:?}", outcome.log);
        assert_ne!(outcome.meter.basis, Basis::NotModelled, "{script}: {:?}", outcome.meter.notes);
        for (path, size) in *files {
            let found = fs.stat(path, true, &Cred::root()).map(|stat| stat.size);
            assert_eq!(found, Ok(*size), "{path} of {script}");
        }
    }
}

#[test]
fn links_of_alternatives_and_apache_are_made() {
    let script = "touch /usr/bin/x-9 && update-alternatives --install /usr/bin/x x /usr/bin/x-9 10 && readlink -f /usr/bin/x\n\
                  a2enmod rewrite && a2ensite app && a2dissite app && readlink /etc/apache2/mods-enabled/rewrite.load";
    let (outcome, _) = runs(script, Known::InOutline, true);
    let log: Vec<&str> = outcome.log.iter().map(|line| line.text.as_str()).collect();
    assert!(log.contains(&"/usr/bin/x-9") && log.contains(&"../mods-available/rewrite.load"), "{log:?}");
    let (outcome, _) = runs("update-alternatives --set x /nowhere/x", Known::InOutline, true);
    assert_eq!(outcome.exit, 2);
}

#[test]
fn what_nobody_measured_says_so() {
    for script in [
        "dnf install -y nginx",
        "helm repo add a https://a.example",
        "zypper -n install git",
        "pacman -Sy --noconfirm go",
    ] {
        let (outcome, _) = runs(script, Known::InOutline, true);
        let typical = |note: &Note| matches!(note, Note::TypicalSize { bytes, .. } if *bytes > 0);
        assert_eq!((outcome.exit, outcome.meter.basis), (0, Basis::Estimated), "{script}");
        assert!(outcome.meter.notes.iter().any(typical), "{script}: {:?}", outcome.meter.notes);
    }
    for script in ["frobnicate --version", "nginx -t", "terraform version"] {
        let (outcome, _) = runs(script, Known::InOutline, true);
        assert_eq!(outcome.meter.basis, Basis::Estimated, "{script}");
        assert!(outcome.meter.notes.iter().any(|note| matches!(note, Note::WritesNothing { .. })), "{script}");
    }
    for script in ["frobnicate", "frobnicate -v in out", "nginx", "terraform apply", "openssl cms -sign"] {
        let (outcome, _) = runs(script, Known::InOutline, true);
        assert_eq!(outcome.meter.basis, Basis::NotModelled, "{script}");
    }
}

#[test]
fn without_a_network_they_fail_and_in_an_image_known_in_full_they_are_missing() {
    for script in ["dnf install -y nginx", "helm repo add a https://a.example", "ssh-keyscan a.example", "pacman -Sy"] {
        assert_ne!(runs(script, Known::InOutline, false).0.exit, 0, "{script}");
    }
    for script in ["openssl rand 3", "hugo", "mix compile", "nginx -t", "locale"] {
        assert_eq!(runs(script, Known::InFull, true).0.exit, 127, "{script}");
    }
    // a package manager is no program that something may have brought
    assert_eq!(runs("dnf install -y nginx", Known::InFull, true).0.exit, 127);
}

#[test]
fn scripts_see_the_processors_of_the_machine_that_is_chosen() {
    for cores in [1, 2, 8] {
        let profile = Profile { cores, ..Profile::default() };
        let script = "nproc; grep -c ^processor /proc/cpuinfo";
        let argv = ["/bin/sh", "-c", script].map(str::to_string);
        let env = [("PATH".to_string(), "/bin".to_string())];
        let (mut fs, catalog) = (base(), Catalog::default());
        let request = RunRequest {
            argv: &argv,
            env: &env,
            cwd: "/",
            user: "",
            network: false,
            known: Known::InFull,
            profile: &profile,
            catalog: &catalog,
        };
        let log: Vec<String> = run(&mut fs, &request).log.into_iter().map(|line| line.text).collect();
        assert_eq!(log, [cores, cores].map(|number| number.to_string()));
    }
}
