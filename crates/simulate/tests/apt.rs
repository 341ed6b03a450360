//! apt, dpkg and what belongs to them, on the catalog's Debian images: what is left, what is said, how it ends.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use catalog::Catalog;
use filesystem::{Content, Cred, FileSystem, MountSource};
use simulate::process::{Known, RunOutcome, RunRequest, run};
use simulate::{Basis, Note, Profile};

const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn image(name: &str) -> FileSystem {
    let path = format!("{}/../catalog/data/images/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let image = catalog::parse_image(&std::fs::read_to_string(path).unwrap()).unwrap();
    FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()))
}

fn debian() -> FileSystem {
    image("debian-bookworm-slim")
}

fn run_as(fs: &mut FileSystem, script: &str, user: &str, network: bool) -> RunOutcome {
    let argv = ["/bin/sh", "-c", script].map(str::to_string);
    let env = [("PATH".to_string(), PATH.to_string()), ("HOME".to_string(), "/root".to_string())];
    let (profile, catalog) = (Profile::default(), Catalog::default());
    let request = RunRequest {
        argv: &argv,
        env: &env,
        cwd: "/",
        user,
        network,
        known: Known::InOutline,
        profile: &profile,
        catalog: &catalog,
    };
    run(fs, &request)
}

fn sh(fs: &mut FileSystem, script: &str) -> RunOutcome {
    run_as(fs, script, "", true)
}

/// Runs a script that has to end well.
fn ok(fs: &mut FileSystem, script: &str) -> String {
    let outcome = sh(fs, script);
    assert_eq!(outcome.exit, 0, "{script}\n{}", text(&outcome));
    text(&outcome)
}

fn text(outcome: &RunOutcome) -> String {
    outcome.log.iter().map(|line| format!("{}\n", line.text)).collect()
}

fn updated() -> FileSystem {
    let mut fs = debian();
    ok(&mut fs, "apt-get update");
    fs
}

fn size(fs: &FileSystem) -> u64 {
    fs.walk("/").into_iter().map(|(_, stat)| stat.size).sum()
}

fn has(fs: &FileSystem, path: &str) -> bool {
    fs.stat(path, true, &Cred::root()).is_ok()
}

/// What a script ends with, and the last lines that it prints.
fn ends(fs: &mut FileSystem, script: &str, exit: i32, last: &[&str]) {
    let outcome = sh(fs, script);
    let lines: Vec<&str> = outcome.log.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(outcome.exit, exit, "{script}: {lines:?}");
    assert_eq!(lines[lines.len().saturating_sub(last.len())..], *last, "{script}");
}

#[test]
fn packages_come_from_lists_that_were_fetched() {
    let mut fs = debian();
    ends(&mut fs, "apt-get install -y curl", 100, &["E: Unable to locate package curl"]);
    let before = size(&fs);
    ok(&mut fs, "apt-get update");
    assert_eq!(size(&fs) - before, 19_853_620);
    ok(&mut fs, "apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*");
    assert!(has(&fs, "/usr/bin/curl") && !has(&fs, "/usr/bin/openssl"));
    ends(&mut fs, "apt-get install -y wget", 100, &["E: Unable to locate package wget"]);
    // what is there needs no lists
    assert!(
        ok(&mut fs, "apt-get install -y curl").contains("curl is already the newest version (7.88.1-10+deb12u15).")
    );
}

#[test]
fn recommended_packages_are_a_matter_of_options_and_settings() {
    for (script, recommended) in [
        ("apt-get install -y curl", true),
        ("apt-get install -y --no-install-recommends curl", false),
        ("apt-get install --install-recommends=false -y curl", false),
        ("apt-get -o APT::Install-Recommends=0 install -yqq curl", false),
        ("apt-get -oAPT::Install-Recommends=false -qq install curl", false),
        ("echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/99no && apt-get install -y curl", false),
        ("echo 'APT { Install-Recommends \"0\"; };' > /etc/apt/apt.conf && apt-get install -y curl", false),
    ] {
        let mut fs = updated();
        ok(&mut fs, script);
        assert_eq!(has(&fs, "/etc/ssl/certs/ca-certificates.crt"), recommended, "{script}");
    }
}

#[test]
fn apt_asks_about_more_than_was_named_and_a_build_answers_nothing() {
    let mut fs = updated();
    ends(&mut fs, "apt-get install curl", 1, &["Do you want to continue? [Y/n] Abort."]);
    assert!(!has(&fs, "/usr/bin/curl"));
    // a package that brings no other is not asked about
    ok(&mut fs, "apt-get install unzip");
    ok(&mut fs, "yes | apt-get install curl");
    ok(&mut fs, "echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90yes && apt-get install git");
    assert!(has(&fs, "/usr/bin/git"));
}

#[test]
fn refusals_are_in_apts_words() {
    let mut fs = updated();
    for (script, last) in [
        ("apt-get frob", &["E: Invalid operation frob"][..]),
        (
            "apt-get install --frob x",
            &["E: Command line option --frob is not understood in combination with the other options"],
        ),
        (
            "apt-get install -Q x",
            &["E: Command line option 'Q' [from -Q] is not understood in combination with the other options."],
        ),
        ("apt-get install -y Curl", &["E: Unable to locate package Curl"]),
        ("apt-get install -y terraform curl", &["E: Unable to locate package terraform"]),
        ("apt-get install -y mysql-server", &["", "E: Package 'mysql-server' has no installation candidate"]),
        ("apt-get install -y netcat", &["", "E: Package 'netcat' has no installation candidate"]),
        ("apt-get install -y curl=1.2*", &["", "E: Version '1.2*' for 'curl' was not found"]),
        ("apt-get install -y curl/sid", &["", "E: Release 'sid' for 'curl' was not found"]),
        ("apt-get install -y ./none.deb", &["E: Unsupported file ./none.deb given on commandline"]),
        (
            "apt-get install -y -t bookworm-backports git",
            &[
                "E: The value 'bookworm-backports' is invalid for APT::Default-Release as such a release is not available in the sources",
            ],
        ),
        ("apt-get remove -y nonesuch", &["E: Unable to locate package nonesuch"]),
    ] {
        ends(&mut fs, script, 100, last);
    }
    let denied = "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?";
    let outcome = run_as(&mut fs, "apt-get install -y curl", "www-data", true);
    assert_eq!((outcome.exit, outcome.log.last().unwrap().text.as_str()), (100, denied));
    let outcome = run_as(&mut fs, "apt-get install -y curl", "", false);
    let lost = "E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?";
    assert_eq!((outcome.exit, outcome.log.last().unwrap().text.as_str()), (100, lost));
    assert_eq!(run_as(&mut debian(), "apt-get update", "", false).exit, 0);
}

#[test]
fn versions_and_suites_that_are_there_are_taken() {
    let mut fs = updated();
    ok(
        &mut fs,
        "apt-get install -y --no-install-recommends curl=7.88.* unzip=6.0-28+deb12u1 tree/bookworm unzip:amd64",
    );
    assert!(has(&fs, "/usr/bin/tree"));
}

#[test]
fn autoremove_takes_what_came_for_others_and_only_that() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y --no-install-recommends gcc curl");
    let full = size(&fs);
    assert!(ok(&mut fs, "apt-get autoremove -y").contains("0 to remove"));
    let said = ok(&mut fs, "apt-get purge -y gcc");
    assert!(said.contains("gcc*") && said.contains("Use 'apt autoremove' to remove them."), "{said}");
    assert!(!has(&fs, "/usr/bin/gcc") && has(&fs, "/usr/bin/gcc-12"));
    ok(&mut fs, "apt-mark manual make || true; apt-get autoremove -y");
    assert!(!has(&fs, "/usr/bin/gcc-12") && has(&fs, "/usr/bin/curl"));
    assert!(full - size(&fs) > 160_000_000, "{}", full - size(&fs));
    // apt-mark: what was asked for becomes something that nobody needs
    ok(&mut fs, "apt-mark auto curl && apt-get purge -y --auto-remove");
    assert!(!has(&fs, "/usr/bin/curl"));
}

#[test]
fn what_depends_on_a_package_goes_with_it() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y --no-install-recommends git");
    assert!(ok(&mut fs, "apt-get remove -y libcurl3-gnutls").contains("git libcurl3-gnutls"));
    assert!(!has(&fs, "/usr/bin/git"));
    ends(&mut fs, "dpkg -P tar", 1, &["Errors were encountered while processing:", " tar"]);
}

#[test]
fn archives_stay_where_the_settings_keep_them() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y unzip");
    let archives = "/var/cache/apt/archives";
    let debs = |fs: &FileSystem| {
        fs.read_dir(archives, &Cred::root()).unwrap().into_iter().filter(|name| name.ends_with(".deb")).count()
    };
    assert_eq!(debs(&fs), 0);
    ok(&mut fs, "rm -f /etc/apt/apt.conf.d/docker-clean; apt-get install -y tree");
    assert_eq!(debs(&fs), 1);
    ok(&mut fs, "apt-get clean");
    assert_eq!(debs(&fs), 0);
    // a cache mount: the second time nothing is downloaded
    let id = fs.attach(archives, MountSource::Tree(FileSystem::default()), false).unwrap();
    ok(&mut fs, "apt-get install -y jq && apt-get purge -y jq");
    let said = ok(&mut fs, "apt-get install -y jq");
    assert!(said.contains("Need to get 0 B of archives"), "{said}");
    assert!(fs.detach(id).is_some());
    assert_eq!(debs(&fs), 0);
}

#[test]
fn slim_images_leave_documentation_out() {
    let mut sizes = Vec::new();
    for name in ["debian-bookworm", "debian-bookworm-slim"] {
        let mut fs = image(name);
        ok(&mut fs, "apt-get update");
        let before = size(&fs);
        ok(&mut fs, "apt-get install -y --no-install-recommends git");
        assert!(has(&fs, "/usr/share/doc/git/copyright"));
        assert_eq!(has(&fs, "/usr/share/man/man1/git.1.gz"), name == "debian-bookworm");
        sizes.push(size(&fs) - before);
    }
    assert!(sizes[0] > sizes[1] + 10_000_000, "{sizes:?}");
}

#[test]
fn dpkg_knows_what_is_installed() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y --no-install-recommends curl");
    assert_eq!(
        ok(&mut fs, "dpkg-query -W -f='${Package} ${Version} ${Status}\\n' curl"),
        "curl 7.88.1-10+deb12u15 install ok installed\n"
    );
    assert!(ok(&mut fs, "dpkg -L curl").contains("/usr/bin/curl\n"));
    assert_eq!(ok(&mut fs, "dpkg -S /usr/bin/curl"), "curl: /usr/bin/curl\n");
    assert_eq!(ok(&mut fs, "dpkg --print-architecture"), "amd64\n");
    assert!(
        ok(&mut fs, "dpkg -s curl && dpkg -l curl | tail -1")
            .ends_with("ii  curl           7.88.1-10+deb12u15 amd64\n")
    );
    assert_eq!(ok(&mut fs, "apt-mark showmanual curl; apt-mark showauto libcurl4"), "curl\nlibcurl4\n");
    assert!(ok(&mut fs, "grep -A3 '^Package: curl$' /var/lib/dpkg/status").contains("Status: install ok installed"));
    ends(
        &mut fs,
        "dpkg -s nonesuch",
        1,
        &[
            "dpkg-query: package 'nonesuch' is not installed and no information is available",
            "Use dpkg --info (= dpkg-deb --info) to examine archive files.",
        ],
    );
    ok(&mut fs, "dpkg --compare-versions 2.36-9+deb12u13 ge 2.34 && ! dpkg --compare-versions 1.0~rc1 gt 1.0");
    ends(&mut fs, "dpkg -i none.deb", 2, &["dpkg: error: cannot access archive 'none.deb': No such file or directory"]);
}

#[test]
fn a_held_package_is_not_upgraded() {
    let mut fs = updated();
    let status = "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\nPackage: tzdata\nStatus: install ok installed\nVersion: 2024a-0+deb12u1\n\n";
    fs.write("/var/lib/dpkg/status", Content::text(status), 0o644, &Cred::root()).unwrap();
    ok(&mut fs, "apt-mark hold tzdata");
    let said = ok(&mut fs, "apt-get upgrade -y");
    assert!(said.contains("kept back:\n  tzdata") && said.contains("1 upgraded, 0 newly installed"), "{said}");
    ok(&mut fs, "apt-mark unhold tzdata && apt-get dist-upgrade -y");
    assert!(ok(&mut fs, "dpkg -s tzdata").contains("Version: 2026"));
}

#[test]
fn a_local_archive_brings_what_its_package_needs() {
    let mut fs = updated();
    ok(&mut fs, "apt-get download jq && apt-get install -y ./jq_*.deb");
    assert!(has(&fs, "/usr/bin/jq") && has(&fs, "/usr/lib/x86_64-linux-gnu/libjq.so.1"));
}

#[test]
fn sizes_that_nobody_measured_are_said_to_be_none() {
    let mut fs = updated();
    let outcome = sh(&mut fs, "apt-get install -y frobnicator");
    assert_eq!((outcome.exit, outcome.meter.basis), (0, Basis::Estimated));
    assert!(matches!(&outcome.meter.notes[0], Note::TypicalSize { what, .. } if what == "apt-get install frobnicator"));
    assert!(has(&fs, "/usr/bin/frobnicator"));
    let mut fs = image("debian-trixie-slim");
    let outcome = sh(&mut fs, "apt-get update && apt-get install -y curl");
    let note = Note::OtherRelease { release: "trixie".to_string(), counted_as: "bookworm" };
    assert!(outcome.meter.notes.contains(&note), "{:?}", outcome.meter.notes);
    // another's repository: the name may well be there
    let mut fs = debian();
    let outcome = sh(
        &mut fs,
        "echo 'deb https://repo.example.org/apt stable main' > /etc/apt/sources.list.d/x.list && apt-get update && apt-get install -y terraform postgresql-client-17",
    );
    assert_eq!(outcome.exit, 0);
    assert!(has(&fs, "/usr/bin/terraform") && has(&fs, "/var/lib/dpkg/info/postgresql-client-common.list"));
}

#[test]
fn keys_lose_their_armour() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y --no-install-recommends gnupg");
    ok(
        &mut fs,
        "mkdir -p /etc/apt/keyrings && printf -- '-----BEGIN PGP PUBLIC KEY BLOCK-----\\nabcd\\n' | gpg --dearmor -o /etc/apt/keyrings/x.gpg && test -s /etc/apt/keyrings/x.gpg",
    );
    ends(&mut fs, "gpg --batch --dearmor -o /k.gpg < /dev/null", 2, &["gpg: no valid OpenPGP data found."]);
}

#[test]
fn packages_leave_the_files_that_builds_go_on_to_change() {
    let mut fs = updated();
    ok(&mut fs, "apt-get install -y nginx openssh-server supervisor postgresql locales sudo");
    for path in ["/etc/nginx/sites-enabled/default", "/etc/ssh/sshd_config", "/etc/supervisor/conf.d", "/etc/sudoers.d"]
    {
        assert!(has(&fs, path), "{path}");
    }
    assert!(ok(&mut fs, "id postgres").contains("(postgres)"));
    ok(
        &mut fs,
        "sed -i 's/^# *\\(ja_JP.UTF-8\\)/\\1/' /etc/locale.gen && locale-gen && test -s /usr/lib/locale/locale-archive",
    );
}

#[test]
fn packages_of_other_repositories_are_theirs() {
    let mut fs = debian();
    let source = "mkdir -p /etc/apt/sources.list.d && echo 'deb [signed-by=/k.gpg] https://deb.nodesource.com/node_22.x nodistro main' > /etc/apt/sources.list.d/nodesource.list";
    ok(&mut fs, &format!("{source} && apt-get update && apt-get install -y --no-install-recommends nodejs"));
    for path in ["/usr/bin/node", "/usr/bin/npm", "/usr/bin/python3"] {
        assert!(has(&fs, path), "{path}");
    }
    assert_eq!(ok(&mut fs, "dpkg-query -W nodejs"), "nodejs\t22\n");
    let mut fs = debian();
    let source = "echo 'deb https://apt.example.org/pub bookworm-pgdg main' > /etc/apt/sources.list.d/pgdg.list";
    ok(&mut fs, &format!("{source} && apt-get update && apt-get install -y postgresql-16"));
    assert_eq!(run_as(&mut fs, "echo x >> /etc/postgresql/16/main/pg_hba.conf", "postgres", false).exit, 0);
}
