# syntax=docker/dockerfile:1
FROM debian:13
RUN <<EOF
set -eux
apt-get update
apt-get install -y curl
EOF

COPY <<-"CONF" /etc/app.conf
	[server]
	port = ${PORT}
	CONF

COPY --chmod=755 <<first.sh <<'second.sh' /usr/local/bin/
#!/bin/sh
echo one
first.sh
#!/bin/sh
echo $two
second.sh

RUN python3 - <<PY && echo done
print("hello")
# not a comment
PY

RUN <<EOT
#!/usr/bin/env perl
print "hi\n";
EOT
CMD ["cat", "/etc/app.conf"]
