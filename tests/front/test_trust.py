"""The authority of this machine, the certificate that it signs, and the page that brings it to phones."""

import os
import re
import socket
import ssl
import subprocess
import time

import pytest
import requests

from support.front import ADDRESSES
from support.raw_http import RawConnection

DAY_S = 86400


def openssl(*arguments, status=0):
    result = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    assert (result.returncode == 0) == (status == 0), result.stdout + result.stderr
    return result.stdout + result.stderr


def text_of(certificate, *what):
    return openssl("x509", "-noout", "-in", certificate, *(what or ["-text"]))


def names_of(front):
    return text_of(front.certificate, "-ext", "subjectAltName")


def last_day_of(certificate):
    return ssl.cert_time_to_seconds(text_of(certificate, "-enddate").removeprefix("notAfter=").strip())


def check_trusted(front):
    openssl("verify", "-no-CApath", "-no-CAstore", "-purpose", "sslserver", "-CAfile", front.authority, front.certificate)


def sign(front, names, days, to):
    """What whoever has the authority's key could make."""
    openssl("req", "-x509", "-CA", front.authority, "-CAkey", front.authority.with_name("key.pem"), "-days", days, "-subj", "/CN=x",
            "-key", front.certificate.with_name("key.pem"), "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", f"subjectAltName={names}", "-out", to)


def restarted(front, addresses=None):
    front.stop()
    if addresses:
        front.environment["FIELDPROOF_FRONT_ADDRESSES"] = addresses
    return front.start()


def test_the_certificate_names_this_machine(front):
    names = names_of(front)
    assert "DNS:localhost" in names and f"DNS:{os.uname().nodename}" in names
    for address in ADDRESSES:
        assert f"IP Address:{address}" in names
    text = text_of(front.certificate)
    assert "prime256v1" in text and "CA:FALSE" in text and "TLS Web Server Authentication" in text
    assert 396 * DAY_S < last_day_of(front.certificate) - time.time() <= 397 * DAY_S
    check_trusted(front)


def test_the_authority_lasts_and_may_sign_nothing_but_certificates_of_servers_here(front, tmp_path):
    text = text_of(front.authority)
    assert "CA:TRUE, pathlen:0" in text and "X509v3 Name Constraints: critical" in text
    assert 3649 * DAY_S < last_day_of(front.authority) - time.time() <= 3650 * DAY_S
    other = tmp_path / "certificate.pem"
    for names in ("DNS:bank.example", "IP:203.0.113.7", "IP:2001:db8::1", "DNS:localhost,IP:172.32.0.1", "DNS:notlocal"):
        sign(front, names, 10, other)
        assert "permitted subtree violation" in openssl("verify", "-CAfile", front.authority, other, status=1), names
    for names in ("IP:192.168.7.8", "IP:172.31.0.1", "IP:10.0.0.1", "IP:100.64.0.1", "DNS:printer.local"):
        sign(front, names, 10, other)
        openssl("verify", "-CAfile", front.authority, other)


def test_keys_are_for_the_user_of_nginx_only(front):
    owner = os.stat(f"/proc/{front.process()}").st_uid
    for key in (front.certificate.with_name("key.pem"), front.authority.with_name("key.pem")):
        assert key.stat().st_mode & 0o777 == 0o600 and key.stat().st_uid == owner
    assert front.authority.parent.stat().st_mode & 0o777 == 0o700


def test_the_certificate_is_kept_while_it_fits_and_the_authority_beyond(new_front):
    front = new_front(["192.168.1.9"]).start()
    first, authority = front.certificate.read_bytes(), front.authority.read_bytes()
    assert restarted(front).certificate.read_bytes() == first
    assert restarted(front, "192.168.1.9 10.0.0.10").certificate.read_bytes() != first
    assert "10.0.0.10" in names_of(front) and front.authority.read_bytes() == authority
    check_trusted(front)
    names = (front.certificate.with_name("names")).read_text().strip()
    for days, is_kept in ((29, False), (31, True)):
        sign(front, names, days, front.certificate)
        before = front.certificate.read_bytes()
        assert (restarted(front).certificate.read_bytes() == before) == is_kept, f"one that ends in {days} days"
        assert front.authority.read_bytes() == authority
        check_trusted(front)


def test_a_public_address_is_in_the_authority_that_is_made_for_it(new_front):
    front = new_front(["192.168.1.9", "203.0.113.7"]).start()
    authority = front.authority.read_bytes()
    check_trusted(front)
    result = (front.stop(), front.environment.update(FIELDPROOF_FRONT_ADDRESSES="203.0.113.8"), front.run("start"))[-1]
    assert "had to be made anew" in result.stdout and front.authority.read_bytes() != authority
    check_trusted(front)
    assert "203.0.113.8" in names_of(front) and "203.0.113.7" not in text_of(front.authority)


@pytest.mark.parametrize("spoil", [
    lambda front: front.authority.with_name("key.pem").unlink(),
    lambda front: front.authority.write_bytes(b"half of it"),
    lambda front: openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256",
                          "-out", front.authority.with_name("key.pem")),
    lambda front: openssl("req", "-x509", "-key", front.authority.with_name("key.pem"), "-days", 397, "-subj", "/CN=x",
                          "-out", front.authority),
], ids=["no key", "half a certificate", "another key", "ends before its certificates"])
def test_an_authority_that_is_of_no_use_is_made_anew(new_front, spoil):
    front = new_front(["192.168.1.9"]).start()
    spoil(front)
    front.environment["FIELDPROOF_FRONT_ADDRESSES"] = "192.168.1.10"
    front.stop()
    assert "had to be made anew" in front.run("start").stdout
    check_trusted(front)
    requests.get(front.base_url + "/healthz", verify=str(front.authority), timeout=10).raise_for_status()


def test_a_self_signed_certificate_of_before_is_replaced(new_front):
    """As earlier versions left it: it names the machine rightly, and nobody signed it but itself."""
    front = new_front(["192.168.1.9"]).start()
    front.stop()
    names = front.certificate.with_name("names").read_text().strip()
    subprocess.run(["rm", "-r", front.authority.parent, front.certificate.with_name("public")], check=True)
    openssl("req", "-x509", "-key", front.certificate.with_name("key.pem"), "-days", 397, "-subj", "/CN=x",
            "-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:FALSE", "-out", front.certificate)
    result = front.run("start")
    assert result.returncode == 0 and result.stdout + result.stderr == ""
    check_trusted(front)
    assert "192.168.1.9" in names_of(front)


@pytest.fixture(params=["http", "https"])
def page(request, front):
    """Call it for a page of the front, before there is trust and after: page(path, **headers)."""
    def get(path, **headers):
        return requests.get(f"{request.param}://127.0.0.1:{front.port}{path}", verify=str(front.authority), headers=headers,
                            allow_redirects=False, timeout=10)
    return get


def test_the_page_speaks_the_phones_language_and_shows_the_fingerprint(front, page):
    fingerprint = front.run("fingerprint").stdout.strip()
    assert fingerprint.replace("\n", " ").split() == re.search(
        "=(.*)", text_of(front.authority, "-fingerprint", "-sha256"))[1].split(":")
    for path in ("/trust", "/trust/"):
        for accepted, language in (("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en-GB,zh;q=0.5", "en"), ("fr,zh-TW", "zh-CN"),
                                   ("fr", "en"), ("", "en")):
            answer = page(path, **{"Accept-Language": accepted})
            assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert f'<html lang="{language}">' in answer.text and fingerprint in answer.text
            assert answer.headers["Vary"] == "Accept-Language" and answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"] and "unsafe" not in str(answer.headers)
            for path_of_it in re.findall(r'(?:href|src)="(/trust[^"]*)"', answer.text):
                assert page(path_of_it).status_code == 200, path_of_it
    assert "style=" not in answer.text and "<script" not in answer.text


def test_phones_get_the_authority_as_they_want_it(front, page, tmp_path):
    answer = page("/trust/fieldproof-ca.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content == ssl.PEM_cert_to_DER_cert(front.authority.read_text())
    name = re.search("CN = (.*)", text_of(front.authority, "-subject"))[1]
    assert page("/trust/en.html").text.count(name) == page("/trust/zh.html").text.count(name) == 2


@pytest.mark.parametrize("is_secure", [False, True])
def test_no_key_can_be_fetched(front, is_secure):
    """Nor any other file of the front's."""
    root = front.folder.resolve()
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file() and "public" not in path.parts]
    assert {"key.pem", "authority/key.pem", "nginx.conf"} <= set(map(str, files))
    ways = ["/", "/trust/", "/trust/../", "/trust/../../", "/trust/%2e%2e/%2e%2e/", "/trust../", "/trust%2f..%2f..%2f", "//", "/trust//../",
            "/trust/..%2f..%2f", f"/trust/{root}/", f"{root}/"]
    for path in [way + str(file) for file in files for way in ways]:
        if is_secure:
            connection = front.connect()
        else:
            connection = RawConnection.over(socket.create_connection(("127.0.0.1", front.port), 20))
        with connection:
            connection.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            assert connection.answer().status != 200, path


def test_only_the_page_is_to_be_had_without_tls(front):
    for path in ("/trustx", "/app/", "/v1/me", "/healthz", "/trust/../healthz"):
        with RawConnection.over(socket.create_connection(("127.0.0.1", front.port), 20)) as connection:
            connection.send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{front.port}\r\nConnection: close\r\n\r\n".encode())
            answer = connection.answer()
        assert answer.status == 308 and answer.headers["location"].startswith(f"{front.base_url}/"), path
