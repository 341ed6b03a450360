#!/usr/bin/env python3
"""Measures what `go build` writes: the program, the build cache, and the seconds of processor time that it takes.

  ./go.py GO …      GO is a Go tree (its bin/go is run); writes go.json beside this file

Some programs (FRESH) are built with an empty build cache, and again; all others with what the builds before them left.
Each program is one file in a module of its own. `imports` says what it takes and uses; those of Debian's packages
golang-*-dev are built with GO111MODULE=off from /usr/share/gocode, so that no module has to be fetched.
"""
import json, os, resource, shutil, subprocess, sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = Path("/var/tmp/layerlab-go")

# import: what uses it enough for the linker to keep it
USE = {
    "fmt": 'fmt.Println("hello")',
    "os": "_, _ = os.ReadFile(os.Args[0])",
    "log": 'log.Println("hello")',
    "log/slog": 'slog.Info("hello", "a", 1)',
    "net/http": 'http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) })\n\t_ = http.ListenAndServe(":8080", nil)',
    "encoding/json": 'b, _ := json.Marshal(map[string]int{"a": 1})\n\t_ = json.Unmarshal(b, &struct{ A int }{})',
    "encoding/xml": 'x, _ := xml.Marshal(struct{ A int }{1})\n\t_ = xml.Unmarshal(x, &struct{ A int }{})',
    "html/template": 't := template.Must(template.ParseGlob("*.html"))\n\t_ = t.Execute(nil, nil)',
    "text/template": 'tt := template.Must(template.New("").Parse("x"))\n\t_ = tt.Execute(nil, nil)',
    "database/sql": 'db, _ := sql.Open("x", "y")\n\t_, _ = db.Query("select 1")',
    "regexp": '_ = regexp.MustCompile("a+").MatchString("aaa")',
    "time": "_ = time.Now().Format(time.RFC3339)",
    "flag": "flag.Parse()",
    "bufio": "_ = bufio.NewScanner(nil).Scan()",
    "crypto/tls": '_, _ = tls.Dial("tcp", "x:1", nil)',
    "net": '_, _ = net.Dial("tcp", "x:1")',
    "os/exec": '_ = exec.Command("ls").Run()',
    "compress/gzip": "_, _ = gzip.NewReader(nil)",
    "archive/tar": "_, _ = tar.NewReader(nil).Next()",
    "image/png": "_, _ = png.Decode(nil)",
    "math/big": '_ = new(big.Int).Exp(big.NewInt(2), big.NewInt(9), nil)',
    "context": 'ctx, stop := context.WithTimeout(context.Background(), 1)\n\tdefer stop()\n\t<-ctx.Done()',
    "strings": '_ = strings.Split(strings.Repeat("a,", 3), ",")',
    "strconv": '_, _ = strconv.ParseFloat("1", 64)',
    "github.com/gin-gonic/gin": 'g := gin.Default()\n\tg.GET("/", func(c *gin.Context) { c.JSON(200, gin.H{"a": 1}) })\n\t_ = g.Run()',
    "github.com/labstack/echo": 'e := echo.New()\n\te.GET("/", func(c echo.Context) error { return c.String(200, "x") })\n\t_ = e.Start(":1")',
    "github.com/go-chi/chi": 'c := chi.NewRouter()\n\tc.Get("/", func(w http.ResponseWriter, r *http.Request) {})\n\t_ = http.ListenAndServe(":1", c)',
    "github.com/gorilla/mux": 'm := mux.NewRouter()\n\tm.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {})\n\t_ = http.ListenAndServe(":1", m)',
    "github.com/spf13/cobra": '_ = (&cobra.Command{Use: "x", Run: func(*cobra.Command, []string) {}}).Execute()',
    "github.com/spf13/viper": 'viper.SetConfigFile("x")\n\t_ = viper.ReadInConfig()',
    "go.uber.org/zap": 'z, _ := zap.NewProduction()\n\tz.Info("x")',
    "github.com/sirupsen/logrus": 'logrus.WithField("a", 1).Info("x")',
    "google.golang.org/grpc": 's := grpc.NewServer()\n\t_ = s.Serve(nil)\n\t_, _ = grpc.Dial("x")',
    "github.com/jackc/pgx/v4": 'p, _ := pgx.Connect(context.Background(), "x")\n\t_, _ = p.Exec(context.Background(), "x")',
    "github.com/lib/pq": '_, _ = pq.ParseURL("x")',
    "github.com/prometheus/client_golang/prometheus/promhttp": 'http.Handle("/m", promhttp.Handler())\n\t_ = http.ListenAndServe(":1", nil)',
    "github.com/google/uuid": "_ = uuid.New()",
    "github.com/joho/godotenv": "_ = godotenv.Load()",
}
HTTP = ["fmt", "net/http"]
PROGRAMS = {
    "empty": [],
    "hello": ["fmt"],
    "tool": ["bufio", "flag", "fmt", "log", "os", "strings", "strconv", "time"],
    **{f"hello+{p}": ["fmt", p] for p in ("os", "log", "log/slog", "encoding/json", "encoding/xml", "html/template", "text/template", "database/sql", "regexp", "time", "flag", "crypto/tls", "net", "os/exec", "compress/gzip", "image/png", "math/big", "context", "net/http")},
    "server": HTTP,
    **{f"server+{p}": [*HTTP, p] for p in ("encoding/json", "encoding/xml", "html/template", "text/template", "database/sql", "regexp", "log/slog", "archive/tar", "image/png", "os/exec")},
    "service": ["context", "database/sql", "encoding/json", "fmt", "log", "net/http", "os", "strings", "strconv", "time"],
    "pages": ["fmt", "html/template", "log", "net/http", "os"],
}
MODULES = {
    "gin": ["github.com/gin-gonic/gin"], "echo": ["github.com/labstack/echo"], "chi": ["github.com/go-chi/chi", "net/http"],
    "mux": ["github.com/gorilla/mux", "net/http"], "cobra": ["github.com/spf13/cobra"], "cobra+viper": ["github.com/spf13/cobra", "github.com/spf13/viper"],
    "zap": ["go.uber.org/zap"], "logrus": ["github.com/sirupsen/logrus"], "grpc": ["google.golang.org/grpc"],
    "pgx": ["context", "github.com/jackc/pgx/v4"], "pq": ["database/sql", "github.com/lib/pq"],
    "prometheus": ["net/http", "github.com/prometheus/client_golang/prometheus/promhttp"], "uuid": ["fmt", "github.com/google/uuid"],
    "godotenv": ["fmt", "github.com/joho/godotenv"],
    "gin+pq+zap": ["github.com/gin-gonic/gin", "database/sql", "github.com/lib/pq", "go.uber.org/zap"],
}
# programs whose cache and time are measured: with an empty cache
FRESH = {"hello", "server", "service", "gin+pq+zap"}
# what is measured of each program: name, cgo, flags
VARIANTS = [("plain", "0", []), ("stripped", "0", ["-ldflags", "-s -w"]), ("cgo", "1", [])]


def source(imports):
    lines = "".join(f'\t"{i}"\n' for i in imports)
    body = "".join(f"\t{USE[i]}\n" for i in imports)
    return f"package main\n\nimport (\n{lines})\n\nfunc main() {{\n{body}}}\n"


def bytes_of(folder):
    return sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file())


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build(go, name, imports, cgo, flags, modules, fresh):
    folder, cache = WORK / "src", WORK / ("fresh" if fresh else f"cache-{cgo}")
    shutil.rmtree(folder, ignore_errors=True)
    if fresh:
        shutil.rmtree(cache, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "main.go").write_text(source(imports))
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.19\n")
    env = {"PATH": os.environ["PATH"], "HOME": str(WORK), "GOCACHE": str(cache), "CGO_ENABLED": cgo, "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"}
    if modules:
        env |= {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": ""}
    out = {"imports": imports, "cgo": cgo == "1", "flags": flags}
    for key in ("cpu_seconds", "cpu_seconds_again") if fresh else ("cpu",):
        start = cpu()
        r = subprocess.run([f"{go}/bin/go", "build", "-o", "app", *flags, "."], cwd=folder, env=env, capture_output=True, text=True)
        if r.returncode:
            print(name, r.stderr[-300:], file=sys.stderr)
            return None
        if fresh:
            out[key] = round(cpu() - start, 1)
    out["bytes"] = (folder / "app").stat().st_size
    if fresh:
        out |= {"cache_bytes": bytes_of(cache), "cache_files": sum(1 for p in cache.rglob("*") if p.is_file())}
    return out | {"dynamic": subprocess.run(["ldd", str(folder / "app")], capture_output=True).returncode == 0}


def main():
    rows = []
    for go in sys.argv[1:]:
        version = subprocess.run([f"{go}/bin/go", "version"], capture_output=True, text=True).stdout.split()[2].removeprefix("go")
        shutil.rmtree(WORK, ignore_errors=True)
        for programs, modules in ((PROGRAMS, False), (MODULES, True)):
            if modules and not version.startswith("1.19"):
                continue
            for name, imports in programs.items():
                if "log/slog" in imports and version.startswith("1.19"):
                    continue
                for variant, cgo, flags in VARIANTS:
                    if variant != "plain" and "+" in name and not modules:
                        continue
                    found = build(go, f"{name} {variant}", imports, cgo, flags, modules, name in FRESH and variant != "stripped")
                    if found:
                        rows.append({"go": version, "program": name, **found})
                        print(rows[-1], flush=True)
    machine = "Debian 12 x86_64, 2 cores shared with other work"
    text = ",\n ".join(json.dumps(row) for row in rows)
    (HERE / "go.json").write_text(f'{{"date": "{date.today().isoformat()}", "machine": "{machine}", "builds": [\n {text}\n]}}\n')


main()
