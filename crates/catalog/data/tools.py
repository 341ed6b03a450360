"""What the layers above the root of an official image hold: language tools, servers, their users and start scripts."""
import re

from contents import PACKAGES, Layer, directory, symlink, text

# image: (name, uid, gid, home, shell), where its layers make a user
USERS = {
    "node": ("node", 1000, 1000, "/home/node", "/bin/bash"),
    "nginx": ("nginx", 101, 101, "/nonexistent", "/bin/false"),
    "postgres": ("postgres", 70, 70, "/var/lib/postgresql", "/bin/sh"),
    "redis": ("redis", 999, 1000, "/home/redis", "/bin/false"),
    "memcached": ("memcache", 11211, 11211, "/home/memcache", "/bin/sh"),
    "mariadb": ("mysql", 999, 999, "/var/lib/mysql", "/bin/sh"),
    "mongo": ("mongodb", 999, 999, "/data/db", "/bin/sh"),
    "mysql": ("mysql", 999, 999, "/var/lib/mysql", "/bin/false"),
    "php": ("www-data", 82, 82, "/home/www-data", "/sbin/nologin"),
    "composer": ("www-data", 82, 82, "/home/www-data", "/sbin/nologin"),
    "gradle": ("gradle", 1000, 1000, "/home/gradle", "/bin/bash"),
}
ALPINE_USERS = {"nginx": ("nginx", 101, 101, "/var/cache/nginx", "/sbin/nologin"), "node": ("node", 1000, 1000, "/home/node", "/bin/sh")}

JRE = {"java": 12, "keytool": 12, "jrunscript": 12, "rmiregistry": 12, "jfr": 12}
JDK = JRE | {c: 12 for c in "jar jarsigner javac javadoc javap jcmd jconsole jdb jdeprscan jdeps jhsdb jimage jinfo jlink jmap jmod jpackage jps jshell jstack jstat jstatd jwebserver serialver".split()}


def user_layer(layer, image, users, alpine):
    """The user's lines in passwd and group, after those that lie below, and its home directory."""
    name, uid, gid, home, shell = (ALPINE_USERS if alpine else {}).get(image) or USERS[image]
    if image == "gradle":  # the user of the root, by another name
        users["passwd"] = re.sub(r"(?m)^ubuntu:.*\n", "", users["passwd"])
        users["group"] = re.sub(r"(?m)^ubuntu:.*\n", "", users["group"])
    users["passwd"] += f"{name}:x:{uid}:{gid}::{home}:{shell}\n"
    if f"\n{name}:" not in users["group"]:
        users["group"] += f"{name}:x:{gid}:\n"
    layer.add(entries=[text("/etc/passwd", users["passwd"]), text("/etc/group", users["group"])])
    if home.startswith(("/home/", "/var/lib/", "/data")):
        layer.add(entries=[directory(home, uid, gid)])
    layer.rest = "/var/log/lastlog"


def node(layer, row, version):
    if re.search(r"YARN|yarn", row) or ("GNUPGHOME" in row or "savedAptMark" in row):
        yarn = f"/opt/yarn-v{version.get('YARN_VERSION', '1.22.22')}"
        layer.add({f"{yarn}/bin/yarn": 1, f"{yarn}/bin/yarnpkg": 1}, {f"{yarn}/bin/yarn": ["/usr/local/bin/yarn"], f"{yarn}/bin/yarnpkg": ["/usr/local/bin/yarnpkg"]}, rest=f"{yarn}/lib/cli.js")
        layer.all_programs = True
    elif re.search(r"dpkgArch|apk add", row):
        layer.all_programs = True
        layer.spread = {"/usr/local/lib/node_modules/npm/node_modules": 9, "/usr/local/lib/node_modules/npm/lib": 1, "/usr/local/lib/node_modules/npm/docs": 1, "/usr/local/lib/node_modules/corepack/dist/lib": 1, "/usr/local/include/node": 12, "/usr/local/share/doc/node": 1}
        modules = "../lib/node_modules"
        layer.add(
            {"/usr/local/bin/node": 118_000, "/usr/local/lib/node_modules/npm/bin/npm-cli.js": 0.1, "/usr/local/lib/node_modules/npm/bin/npx-cli.js": 3,
             "/usr/local/lib/node_modules/npm/package.json": 7, "/usr/local/include/node/node.h": 68},
            {"node": ["/usr/local/bin/nodejs"], f"{modules}/npm/bin/npm-cli.js": ["/usr/local/bin/npm"], f"{modules}/npm/bin/npx-cli.js": ["/usr/local/bin/npx"], f"{modules}/corepack/dist/corepack.js": ["/usr/local/bin/corepack"]},
            [text("/usr/local/lib/node_modules/corepack/dist/corepack.js", "#!/usr/bin/env node\n", "755")],
        )


def python(layer, row, version):
    number = ".".join(version.get("PYTHON_VERSION", "3").split(".")[:2])
    # an image whose rows are not known one by one has it all in one layer
    whole = "Python as of" in row
    if "for src in idle3" in row or whole:
        layer.all_programs = True
        layer.add(links={"python3": ["/usr/local/bin/python"], "pip3": ["/usr/local/bin/pip"], "pydoc3": ["/usr/local/bin/pydoc"], "idle3": ["/usr/local/bin/idle"], "python3-config": ["/usr/local/bin/python-config"]})
    if whole or re.search(r"python\.tar|build-deps|savedAptMark", row):
        layer.all_programs = True
        lib = f"/usr/local/lib/python{number}"
        layer.spread = {lib: 10, f"{lib}/lib-dynload": 4, f"{lib}/site-packages/pip": 5, f"{lib}/ensurepip/_bundled": 2, f"{lib}/encodings": 1, f"{lib}/asyncio": 1, f"{lib}/pydoc_data": 1, f"{lib}/idlelib": 1, f"/usr/local/include/python{number}": 1}
        layer.add(
            {f"/usr/local/bin/python{number}": 14, f"/usr/local/lib/libpython{number}.so.1.0": 6800, "/usr/local/bin/pip3": 0.2, f"/usr/local/bin/pip{number}": 0.2, f"/usr/local/bin/pydoc{number}": 0.1, f"/usr/local/bin/idle{number}": 0.1},
            {f"python{number}": ["/usr/local/bin/python3"], f"pydoc{number}": ["/usr/local/bin/pydoc3"], f"idle{number}": ["/usr/local/bin/idle3"],
             f"python{number}-config": ["/usr/local/bin/python3-config"]},
            [{"path": f"/usr/local/bin/python{number}-config", "kind": "file", "mode": "755", "size": 3113}],
        )
        if number in ("3.9", "3.10", "3.11", "3.12"):
            layer.add({f"/usr/local/bin/2to3-{number}": 0.1}, {f"2to3-{number}": ["/usr/local/bin/2to3"]})
        if number < "3.12" or number in ("3.9",):
            layer.add({"/usr/local/bin/wheel": 0.2})


def golang(layer, row, _version):
    if "/target/" in row or "url=;" in row or "Go as of" in row:
        tools = "/usr/local/go/pkg/tool/linux_amd64"
        layer.add({"/usr/local/go/bin/go": 13_500, "/usr/local/go/bin/gofmt": 2900, f"{tools}/compile": 26_000, f"{tools}/link": 8000, f"{tools}/asm": 4500, "/usr/local/go/VERSION": 0.03})
        layer.spread = {"/usr/local/go/src/cmd": 8, "/usr/local/go/src": 6, "/usr/local/go/test": 3, "/usr/local/go/pkg/include": 1, "/usr/local/go/pkg/tool/linux_amd64": 6, "/usr/local/go/api": 1, "/usr/local/go/lib/time": 1, "/usr/local/go/misc": 1}
        layer.all_programs = True
    elif row.startswith("WORKDIR"):
        layer.all_programs = True
    elif "GOPATH" in row:
        layer.all_programs = True
        layer.add(entries=[directory(p, mode="1777") for p in ("/go", "/go/src", "/go/bin")])


def rust(layer, row, version):
    if "rustup" in row or "gcc libc6-dev" in row:
        cargo = "/usr/local/cargo/bin"
        toolchain = f"/usr/local/rustup/toolchains/{version.get('RUST_VERSION', 'stable')}-x86_64-unknown-linux-gnu"
        names = "cargo rustc rustdoc rustfmt cargo-clippy cargo-fmt cargo-miri clippy-driver rls rust-analyzer rust-gdb rust-gdbgui rust-lldb".split()
        layer.add({f"{cargo}/rustup": 19_000, f"{toolchain}/bin/cargo": 40_000, f"{toolchain}/bin/rustc": 3, f"{toolchain}/bin/rustdoc": 14_000}, {"rustup": [f"{cargo}/{c}" for c in names]})
        layer.spread = {f"{toolchain}/lib": 10, f"{toolchain}/lib/rustlib/x86_64-unknown-linux-gnu/lib": 8}
        layer.all_programs = True


def ruby(layer, row, _version):
    if "gemrc" in row:
        layer.add(entries=[text("/usr/local/etc/gemrc", "gem: --no-document\n")])
        layer.all_programs = True
    elif "GEM_HOME" in row:
        layer.add(entries=[directory("/usr/local/bundle", mode="1777")])
        layer.all_programs = True
    elif "savedAptMark" in row or "ruby-builddeps" in row:
        layer.all_programs = True
        version = ".".join(_version.get("RUBY_VERSION", "3.3").split(".")[:2]) + ".0"
        layer.spread = {f"/usr/local/lib/ruby/{version}": 3, f"/usr/local/lib/ruby/gems/{version}/gems": 3, "/usr/local/include": 1, "/usr/local/lib": 8}
        layer.add({"/usr/local/bin/ruby": 15, "/usr/local/bin/gem": 1, "/usr/local/bin/bundle": 1, "/usr/local/bin/bundler": 1, "/usr/local/bin/irb": 1, "/usr/local/bin/rake": 1, **{f"/usr/local/bin/{c}": 1 for c in "erb racc rbs rdbg rdoc ri syntax_suggest typeprof".split()}})


def php(layer, row, _version):
    if "apache2-foreground" in row:
        layer.script("/usr/local/bin/apache2-foreground")
    elif "docker-php-ext-* " in row:
        layer.add({f"/usr/local/bin/docker-php-ext-{c}": 1 for c in ("install", "enable", "configure")}, rest="/usr/local/bin/docker-php-entrypoint")
    elif "install -y --no-install-recommends apache2;" in row:
        layer.add({"/usr/sbin/apache2": 720, "/usr/sbin/a2enmod": 18, "/usr/sbin/apache2ctl": 7}, {"a2enmod": ["/usr/sbin/a2dismod", "/usr/sbin/a2ensite", "/usr/sbin/a2dissite", "/usr/sbin/a2enconf", "/usr/sbin/a2disconf"]}, rest="/usr/share/apache2/other-files")
    elif row.startswith("RUN") and "/var/www/html" in row:
        layer.add(entries=[directory("/usr/local/etc/php/conf.d"), directory("/var/www/html", 33, 33, "1777")])
    elif "php-fpm.conf" in row:
        layer.add(entries=[directory("/usr/local/etc/php-fpm.d")], rest="/usr/local/etc/php-fpm.d/www.conf")
    elif "wordpress.tar.gz" in row:
        layer.add(entries=[directory("/usr/src/wordpress", 33, 33)], rest="/usr/src/wordpress/wp-includes/other-files")
    elif "rundeps" in row and "composer" in row:
        layer.add({"/bin/bash": 740, "/usr/bin/git": 3200, "/usr/bin/make": 220, "/usr/bin/unzip": 160, "/usr/bin/zip": 190, "/sbin/tini": 24, "/usr/bin/hg": 2, "/usr/bin/svn": 400, "/usr/bin/7z": 2000, "/usr/bin/ssh": 800})
    elif "--filename=composer" in row:
        layer.add({"/usr/bin/composer": 3000, "/usr/local/bin/install-php-extensions": 130})
    elif "fetch-deps" in row or "savedAptMark" in row and "recommends gnupg" in row:
        layer.add(rest="/usr/src/php.tar.xz")
    elif "savedAptMark" in row and "docker-php-ext-install" not in row or ".build-deps $PHPIZE" in row:
        layer.add({"/usr/local/bin/php": 13_000, **{f"/usr/local/bin/{c}": 1 for c in ("pecl", "pear", "peardev", "phpize", "php-config")}, "/usr/local/bin/phar.phar": 15}, {"phar.phar": ["/usr/local/bin/phar"]})
        layer.spread = {"/usr/local/lib/php": 5, "/usr/local/include/php": 3, "/usr/local/php/man": 1}
        if "fpm" in _version.get("variant", ""):
            layer.add({"/usr/local/sbin/php-fpm": 13_000})


def java(layer, row, _version):
    home = "/opt/java/openjdk"
    if "ARCH=" in row:
        layer.add({f"{home}/bin/{c}": kib for c, kib in (JRE if "jre" in _version.get("variant", "") else JDK).items()} | {f"{home}/lib/server/libjvm.so": 23_000, f"{home}/release": 1}, rest=f"{home}/lib/modules")
        if "jre" not in _version.get("variant", ""):
            layer.spread = {f"{home}/jmods": 6, f"{home}/lib": 9}
    elif "/usr/share/maven /usr/share/maven" in row:
        layer.add({"/usr/share/maven/bin/mvn": 6, "/usr/share/maven/bin/mvnDebug": 2}, rest="/usr/share/maven/lib/other-files")
    elif "mvn-entrypoint" in row:
        layer.script("/usr/local/bin/mvn-entrypoint.sh")
    elif "Renaming ubuntu user" in row:
        layer.add(entries=[directory("/home/gradle/.gradle", 1000, 1000), symlink("/root/.gradle", "/home/gradle/.gradle")])
    elif "Downloading Gradle" in row:
        layer.add({"/opt/gradle/bin/gradle": 9}, {"/opt/gradle/bin/gradle": ["/usr/bin/gradle"]}, rest="/opt/gradle/lib/other-files")
    elif "amazon-corretto" in row:
        home = "/usr/lib/jvm/java-21-amazon-corretto"
        layer.add({f"{home}/bin/{c}": kib for c, kib in JDK.items()}, {home: ["/usr/lib/jvm/default-jvm"], **{f"{home}/bin/{c}": [f"/usr/bin/{c}"] for c in ("java", "javac", "jar", "jshell")}}, rest=f"{home}/lib/modules")
    elif "MAVEN_HOME" in row:
        layer.add(links={"/usr/share/maven/bin/mvn": ["/usr/bin/mvn"]})


def nginx(layer, row, _version):
    if "addgroup" in row or "groupadd" in row:
        layer.add(
            {"/usr/sbin/nginx": 1600, "/etc/nginx/mime.types": 5},
            {"/dev/stdout": ["/var/log/nginx/access.log"], "/dev/stderr": ["/var/log/nginx/error.log"]},
            [
                directory("/var/cache/nginx"), directory("/docker-entrypoint.d"),
                text("/etc/nginx/nginx.conf", "user  nginx;\nworker_processes  auto;\nerror_log  /var/log/nginx/error.log notice;\npid        /run/nginx.pid;\nevents {\n    worker_connections  1024;\n}\nhttp {\n    include       /etc/nginx/mime.types;\n    default_type  application/octet-stream;\n    access_log  /var/log/nginx/access.log;\n    sendfile        on;\n    keepalive_timeout  65;\n    include /etc/nginx/conf.d/*.conf;\n}\n"),
                text("/etc/nginx/conf.d/default.conf", "server {\n    listen       80;\n    server_name  localhost;\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html;\n    }\n}\n"),
                text("/usr/share/nginx/html/index.html", "<!doctype html>\n<title>nginx</title>\n<h1>nginx is running</h1>\n"),
                text("/usr/share/nginx/html/50x.html", "<!doctype html>\n<title>Error</title>\n<h1>An error occurred</h1>\n"),
            ],
            "/usr/lib/nginx/modules/other-files",
        )
    elif found := re.match(r"COPY (\S+) /docker-entrypoint\.d ", row):
        layer.script(f"/docker-entrypoint.d/{found[1]}")
    elif "apkArch" in row:
        layer.add(rest="/usr/lib/nginx/modules/more-files")


def server(binaries, rest, entry):
    """Rules for a server image: its commands come with its largest layer."""

    def rule(layer, row, _version):
        if re.search(entry, row):
            layer.add(binaries, rest=rest)

    return rule


IMAGES = {
    "node": node, "python": python, "gradle": java, "amazoncorretto": java, "wordpress": php, "composer": php,
    "caddy": server({"/usr/bin/caddy": 48_000}, "/usr/bin/caddy", r"caddy\.tar\.gz"),
    "traefik": server({}, "/usr/local/bin/traefik", r"traefik\.tar\.gz"),
    "mysql": server({"/usr/sbin/mysqld": 70_000, "/usr/bin/mysql": 8000, "/usr/bin/mysqladmin": 7600, "/usr/bin/mysqldump": 7600}, "/usr/share/mysql/other-files", r"server-minimal-"),
     "golang": golang, "rust": rust, "ruby": ruby, "php": php, "eclipse-temurin": java, "maven": java, "nginx": nginx,
    "postgres": server({"/usr/local/bin/postgres": 9300, "/usr/local/bin/psql": 760, "/usr/local/bin/pg_dump": 440, "/usr/local/bin/initdb": 190, "/usr/local/bin/pg_ctl": 60}, "/usr/local/lib/postgresql/other-files", r"postgresql\.tar"),
    "redis": server({"/usr/local/bin/redis-server": 3500, "/usr/local/bin/redis-cli": 1400, "/usr/local/bin/redis-benchmark": 1400}, "/usr/local/lib/redis/other-files", r"build-deps|savedAptMark"),
    "memcached": server({"/usr/local/bin/memcached": 400}, "/usr/lib/other-files", r"build-deps"),
    "httpd": server({"/usr/local/apache2/bin/httpd": 2900, "/usr/local/apache2/bin/apachectl": 4, "/usr/local/apache2/conf/httpd.conf": 20, "/usr/local/apache2/htdocs/index.html": 0.05}, "/usr/local/apache2/modules/other-files", r"savedAptMark"),
    "mariadb": server({"/usr/sbin/mariadbd": 26_000, "/usr/bin/mariadb": 4600, "/usr/bin/mariadb-dump": 4400, "/usr/bin/mariadb-admin": 4300}, "/usr/share/mariadb/other-files", r"mariadb-server"),
    "mongo": server({"/usr/bin/mongod": 200_000, "/usr/bin/mongosh": 110_000}, "/usr/lib/mongosh/other-files", r"MONGO_PACKAGE\}"),
}


def upper_layer(image, row, variables, users, alpine, codename):
    """The files of a layer above the root, as far as `created_by` (`row`) and the image's name tell."""
    layer = Layer()
    if re.search(r"(groupadd|addgroup|adduser|groupmod)", row) and image in USERS and not (image == "php" and not alpine):
        user_layer(layer, image, users, alpine)
        layer.all_programs = not re.search(r"apt-get|apk |dnf|install|curl|wget", row)
    if found := re.search(r"COPY (?:--\S+ )*((?:docker-)?entrypoint\S*|httpd-foreground)[^/]* (/\S*)", row):
        layer.script(f"{found[2]}{found[1]}" if found[2].endswith("/") else found[2])
    if found := re.search(r"(?:mkdir(?: -p)?|directory .*--mode \d+) (/[a-z./-]+)", row):
        owner = USERS[image][1:3] if image in USERS and re.search(r"chown|--owner", row) else ()
        layer.add(entries=[directory(found[1], *owner)])
    if found := re.search(r"ln -s\w* (\S+) (/\S+)", row):
        if "$" not in found[1]:
            layer.add(entries=[symlink(found[2], found[1])])
    if re.search(r"apt-get install|apk (--no-cache )?add|apt-get update|dnf install", row):
        install(layer, row, codename)
    if re.match(r"COPY file:\w+ in /usr/local/bin/", row):
        layer.script("/usr/local/bin/docker-entrypoint.sh")
    if image in IMAGES:
        IMAGES[image](layer, row, variables)
    return layer


def install(layer, row, codename):
    """The programs of a layer that packages were installed in."""
    kept = "savedAptMark" not in row and ".build-deps" not in row and "virtual" not in row
    for pattern, name, without in [
        (r"default-libmysqlclient|autoconf automake", "full", "scm"), (r"git mercurial openssh-client subversi", "scm", "curl"), (r"g\+\+ gcc libc6-dev make", "golang", "scm"),
        (r"libbluetooth-dev", "tk", None), (r"\$PHPIZE_DEPS", "php", None), (r"ca-certificates gcc libc6-dev wget", "rust", None), (r"recommends ca-certificates curl", "curl", None),
    ]:
        if codename and kept and re.search(pattern, row):
            layer.packages(codename, name, without)
            if "ca-certificates" in row:  # made by the package's script: no list of packages' files has it
                layer.add({"/etc/ssl/certs/ca-certificates.crt": 213})
            return
    names = set(re.findall(r"[a-z0-9.+-]+", row)) & set(PACKAGES) if kept else set()
    for name in sorted(names):
        files, links = PACKAGES[name]
        layer.add(files, links and {target: list(paths) for target, paths in links.items()})
    # these bring no other program
    if names and names <= {"ca-certificates", "tzdata"}:
        layer.add({"/usr/bin/openssl": 960, "/usr/bin/c_rehash": 7} if codename and "ca-certificates" in names else {})
        layer.all_programs = True
