//! What the commands of recorded RUN steps do to the files.

use filesystem::{Content, Cred, FileSystem};

/// The cases whose RUN steps are in [`OPERATIONS`].
pub const CASES: &[&str] = &[
    "run-append-to-a-file-from-below",
    "run-chmod-in-a-later-layer",
    "run-chmod-to-the-same-mode",
    "run-chown-recursively-in-a-later-layer",
    "run-hard-link-to-a-file-from-below",
    "run-hard-links",
    "run-make-and-remove-in-one-step",
    "run-mkdir-and-modes",
    "run-move-a-directory-from-below",
    "run-move-a-file-from-below",
    "run-remove-a-directory-from-below",
    "run-remove-and-make-a-directory-again",
    "run-remove-and-make-a-file-again",
    "run-remove-from-the-base-image",
    "run-remove-in-a-later-layer",
    "run-replace-directory-by-file",
    "run-rewrite-the-same-content",
    "run-symbolic-links",
    "run-symbolic-modes",
    "run-that-changes-nothing",
    "run-touch-an-existing-file",
    "run-truncate-and-dd",
    "run-umask",
    "run-find-and-remove",
];

/// The beginning of a command, and its operations.
const OPERATIONS: &[(&str, &str)] = &[
    ("echo entry >>", "append /var/log/app.log 6"),
    ("chmod +x /usr/bin/tool", "chmod 755 /usr/bin/tool"),
    ("chmod 644 /f", "chmod 644 /f"),
    (
        "chown -R nobody",
        "chown 65534 /app; chown 65534 /app/a; chown 65534 /app/link; chown 65534 /app/sub; chown 65534 /app/sub/b",
    ),
    ("ln /data /linked", "ln /data /linked"),
    ("head -c 6000", "write /one 6000; ln /one /two; ln /two /zzz"),
    (
        "mkdir -p /var/cache",
        "mkdir 755 /var/cache; mkdir 755 /var/cache/pkg; write /var/cache/pkg/index 60000; write /usr/bin/tool 5; rm /var/cache/pkg",
    ),
    ("echo t > /tmp", "write /tmp/scratch 2; rm /tmp/scratch"),
    (
        "mkdir -p /a/b/c",
        "mkdir 755 /a; mkdir 755 /a/b; mkdir 755 /a/b/c; mkdir 755 /a/d; mkdir 700 /private; mkdir 755 /e; mkdir 711 /e/f",
    ),
    ("mkdir /a/x /a/y", "mkdir 755 /a/x; mkdir 755 /a/y; write /note 7; rm /a/y"),
    ("mv /old /new", "mv /old /new"),
    ("mv /srv/data", "mv /srv/data /srv/moved"),
    ("rm -rf /srv/tree && mkdir", "rm /srv/tree; mkdir 755 /srv/tree; write /srv/tree/c 4"),
    ("rm -rf /srv/tree", "rm /srv/tree"),
    ("ls /srv/tree >", "write /listing 2"),
    ("ls /srv >", "write /listing 0"),
    ("rm /srv/f && echo", "rm /srv/f; write /srv/f 4"),
    ("rm /srv/f", "rm /srv/f"),
    ("echo back > /srv/f", "write /srv/f 5"),
    ("rm /bin/vi /bin/wget", "rm /bin/vi; rm /bin/wget; rm /opt"),
    ("dd if=/dev/zero of=/big bs", "write /big 1048576"),
    ("rm /big", "rm /big"),
    ("dd if=/dev/zero of=/big2", "write /big2 1048576; rm /big2"),
    ("rm -r /tree/sub && echo", "rm /tree/sub; write /tree/sub 5; rm /tree/a; mkdir 755 /tree/a; write /tree/a/in 3"),
    ("find /tree | sort", "write /listing 35"),
    ("echo same > /f", "write /f 5"),
    ("cat /f > /tmp/copy", "write /tmp/copy 5; rm /tmp/copy"),
    (
        "mkdir -p /opt/v1",
        "mkdir 755 /opt/v1; mkdir 755 /opt/v2; link /opt/v1 /current; link v2 /opt/next; link nowhere /broken",
    ),
    ("ln -sfn", "rm /current; link /opt/v2 /current; write /current/file 2; write /target 8"),
    (
        "cd /opt && touch a",
        "write /opt/a 0; write /opt/b 0; write /opt/c 0; write /opt/d 0; chmod 4755 /opt/a; chmod 600 /opt/b; chmod 444 /opt/c; chmod 750 /opt/d",
    ),
    (
        "mkdir -p /tree/sub && touch",
        "mkdir 700 /tree; mkdir 700 /tree/sub; write /tree/f 0; chmod 600 /tree/f; write /tree/sub/g 0; chmod 600 /tree/sub/g",
    ),
    ("true", ""),
    ("ls / >", "write /dev/null 5"),
    ("touch /data /fresh", "touch /data; write /fresh 0"),
    ("truncate -s 5000", "write /sparse 5000; write /seek 3000; write /blocks 2048"),
    ("truncate -s 100", "write /sparse 100; write /part 200"),
    ("umask 077", "write /secret 2; chmod 600 /secret; mkdir 700 /closed"),
    ("umask >", "write /mask 5; write /open 2"),
    (
        "find /tree -name",
        "rm /tree/a.tmp; rm /tree/sub/b.tmp; rm /tree/sub/cache/c.log; rm /tree/sub/old-1; rm /tree/old-2",
    ),
    ("find /tree -type f", "write /count 2"),
    ("mkdir -p /app/data", "mkdir 755 /app; mkdir 755 /app/data; chmod 777 /app/data; chown 3 /app/data"),
    ("mkdir /data && ln -s", "mkdir 755 /data; link /data /current"),
    ("mkdir /data && echo d", "mkdir 755 /data; write /data/d 2; link /data /current"),
    ("ls /current", "write /listing 4"),
    ("echo original", "write /target 14; link /target /alias"),
    ("cat /target", "write /seen 2"),
    ("cat /app/shared", "write /all 9"),
    ("cat /app/*", "write /all 11"),
    ("mkdir -p /srv/app && chown", "mkdir 755 /srv; mkdir 755 /srv/app; chown 5 /srv/app; chmod 700 /srv/app"),
    ("stat -c", "write /state 6"),
];

/// Whether it is written down what a command does.
pub fn known(command: &str) -> bool {
    OPERATIONS.iter().any(|(start, _)| command.starts_with(start))
}

/// Does what a RUN with this command does; false if nobody has written that down.
pub fn run(tree: &mut FileSystem, command: &str) -> bool {
    let Some((_, operations)) = OPERATIONS.iter().find(|(start, _)| command.starts_with(start)) else {
        return false;
    };
    let root = Cred::root();
    for operation in operations.split(';').map(str::trim).filter(|o| !o.is_empty()) {
        let words: Vec<&str> = operation.split(' ').collect();
        let content = |size: &str| Content::repeat(b'x', size.parse().unwrap());
        let mode = |mode: &str| u32::from_str_radix(mode, 8).unwrap();
        let done = match words[..] {
            ["write", path, size] => tree.write(path, content(size), 0o644, &root),
            ["append", path, size] => tree.append(path, &content(size), 0o644, &root),
            ["mkdir", bits, path] => tree.mkdir(path, mode(bits), &root),
            ["chmod", bits, path] => tree.chmod(path, mode(bits), true, &root),
            ["chown", id, path] => tree.chown(path, id.parse().ok(), id.parse().ok(), false, &root),
            ["ln", from, to] => tree.link(from, to, &root),
            ["link", target, path] => tree.symlink(target, path, &root),
            ["mv", from, to] => tree.rename(from, to, &root),
            ["rm", path] => tree.remove_all(path, &root),
            ["touch", path] => tree.set_mtime(path, tree.now(), true, &root),
            _ => panic!("no such operation: {operation}"),
        };
        assert_eq!(done, Ok(()), "{operation}");
    }
    true
}
