#!/usr/bin/env python3
"""Measures what gcc and g++ write for small programs, and seconds of processor time.

  ./cc.py      writes cc.json beside this file
"""
import json, resource, shutil, subprocess
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = Path("/var/tmp/layerlab-cc")
C = '#include <stdio.h>\nint main(void) { printf("hello\\n"); return 0; }\n'
CPP = '#include <iostream>\n#include <map>\n#include <string>\nint main() { std::map<std::string, int> m{{"a", 1}}; for (auto &p : m) std::cout << p.first << p.second << "\\n"; }\n'
# a file of many small functions: how object code grows with its source
LONG = "#include <stdio.h>\n" + "".join(f'int f{i}(int a, int b) {{ int s = 0; for (int i = a; i < b; i++) {{ s += i * {i}; if (s % 7 == {i % 7}) s -= a; }} printf("%d %d\\n", {i}, s); return s; }}\n' for i in range(400)) + "int main(void) { return f1(1, 2); }\n"


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    rows = []
    for name, text in (("hello.c", C), ("hello.cpp", CPP), ("long.c", LONG)):
        (WORK / name).write_text(text)
        tool = "g++" if name.endswith("pp") else "gcc"
        for flags in ([], ["-O2"], ["-g"], ["-O2", "-s"], ["-static"], ["-O2", "-static", "-s"], ["-c"], ["-O2", "-c"], ["-O2", "-shared", "-fPIC"]):
            out = WORK / "out"
            out.unlink(missing_ok=True)
            start = cpu()
            if subprocess.run([tool, *flags, "-o", str(out), str(WORK / name)]).returncode:
                continue
            row = {"tool": tool, "source": name, "source_bytes": len(text), "flags": flags, "bytes": out.stat().st_size, "cpu_seconds": round(cpu() - start, 2)}
            if "-s" not in flags and "-c" not in flags:
                subprocess.run(["strip", str(out)])
                row["stripped_bytes"] = out.stat().st_size
            rows.append(row)
            print(row, flush=True)
    version = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True).stdout.strip()
    text = ",\n ".join(json.dumps(row) for row in rows)
    (HERE / "cc.json").write_text(f'{{"date": "{date.today().isoformat()}", "machine": "Debian 12 x86_64, 2 cores shared with other work", "gcc": "{version}", "builds": [\n {text}\n]}}\n')


main()
