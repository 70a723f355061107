"""A site of its own for attacks, on free ports of this machine: finder, and nginx before it as ``deploy/`` has it."""

import dataclasses
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.promises.site import Server, Site, new_site
from finder.config import PROJECT
from tests.certificates import a_certificate

HOST = "finder.example"
_SETTINGS = {"FINDER_SUGGESTIONS_PER_MINUTE": "0", "FINDER_DATA_REQUESTS_PER_MINUTE": "0", "FINDER_RESERVE": "false"}
_LIMIT = "    limit_req zone=finder burst=60 nodelay;\n"
_AROUND = """\
user root;
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{}}
http {{
    types {{ text/html html; text/css css; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@contextmanager
def served(**settings: str) -> Iterator[tuple[Site, Server]]:
    """A dozen listings and an administrator who is signed in; none of them is anybody's."""
    with tempfile.TemporaryDirectory() as folder:
        site = dataclasses.replace(new_site(Path(folder), listings=12), settings=_SETTINGS | settings)
        with site.served() as server:
            yield site, server


class Proxy:
    """A running nginx; ``http`` and ``https`` are its ports."""

    def __init__(self, folder: Path, upstream: int, *, limited: bool) -> None:
        self.http, self.https = _free_ports(2)
        (folder / "nginx.conf").write_text(_AROUND.format(folder=folder))
        (folder / "site.conf").write_text(_adapted(self, folder, upstream, limited=limited))
        command = [_nginx(), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
        subprocess.run([*command, "-t", "-q"], check=True)
        self._process = subprocess.Popen(command)
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.https)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("nginx did not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def connect(self, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        """A connection to the encrypted port, by default with whatever both ends like best."""
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=30)
        try:
            return (context or trusting()).wrap_socket(plain, server_hostname=HOST)
        except OSError:
            plain.close()
            raise

    def say(self, request: bytes) -> bytes:
        """Send bytes as they are; everything that comes back until nginx hangs up."""
        with self.connect() as connection:
            connection.sendall(request)
            return everything(connection)

    def get(self, address: str, *headers: str) -> bytes:
        """An answer with its head."""
        lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", "Connection: close", *headers, "", ""]
        return self.say("\r\n".join(lines).encode())


@contextmanager
def nginx_before(upstream: int, *, limited: bool = True) -> Iterator[Proxy]:
    """nginx with ``deploy/nginx.conf`` before a port of this machine; without the limit of requests if so wished."""
    with tempfile.TemporaryDirectory() as folder:
        proxy = Proxy(Path(folder), upstream, limited=limited)
        try:
            yield proxy
        finally:
            proxy.stop()


def trusting() -> ssl.SSLContext:
    """Takes the certificate of a moment's server."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other end hangs up, with or without a goodbye."""
    parts: list[bytes] = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except (ConnectionError, ssl.SSLError):
        pass  # hung up at once, which is an answer too
    return b"".join(parts)


def _adapted(proxy: Proxy, folder: Path, upstream: int, *, limited: bool) -> str:
    certificate, key = a_certificate(folder, HOST)
    text = (PROJECT / "deploy" / "nginx.conf").read_text()
    changes = {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{proxy.http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{proxy.https} ssl http2;",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(certificate),
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(key),
        "/var/log/nginx/finder-error.log": f"{folder}/error.log",
        "/opt/finder/deploy": str(PROJECT / "deploy"),
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        _LIMIT: _LIMIT if limited else "",
    }
    for before, after in changes.items():
        if before not in text:
            raise RuntimeError(f"deploy/nginx.conf no longer has {before.strip()}")
        text = text.replace(before, after)
    return text


def _nginx() -> str:
    """Where Debian has it, which for most people is not on the path."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
