"""What the scripts say when something is missing, and script/server from its start to Ctrl-C.

They run in a project of links to this one, with a var/ of its own.
"""

import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import urllib.request

import pytest

from support.paths import ROOT
from support.server import free_port

IS_ROOT = os.geteuid() == 0
# Where a mount is seen by its own processes only; the second one where / is no mount point, as in a chroot.
MOUNT_NAMESPACES = ((["unshare", "--mount"], ["unshare", "--mount", "--propagation", "unchanged"]) if IS_ROOT
                    else (["unshare", "--mount", "--map-root-user"],))
# How root gives its rights away: files stay one's own, or, where no user namespace is allowed, they do not.
WITHOUT_RIGHTS = (["unshare", "--user"], ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]) if IS_ROOT else ([],)


@pytest.fixture(name="project")
def make_project():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fieldproof-project-"))
    for entry in ROOT.iterdir():
        if entry.name not in ("var", ".git"):
            (folder / entry.name).symlink_to(entry)
    (folder / "var").mkdir()
    (folder / "var").chmod(0o777)
    folder.chmod(0o755)
    yield folder
    subprocess.run([folder / "script/front", "destroy"], capture_output=True, check=True)
    subprocess.run([folder / "script/postgres", "destroy"], capture_output=True, check=True)
    shutil.rmtree(folder)


def first_that_works(wrappers, *probe):
    """A wrapper that this machine allows."""
    for wrapper in wrappers:
        if subprocess.run([*wrapper, *probe], capture_output=True, check=False).returncode == 0:
            return wrapper
    return pytest.skip(f"this machine allows none of {wrappers}")


def environment(**settings):
    return {**os.environ, "FIELDPROOF_DEMO": "no", "FIELDPROOF_LISTEN": f"127.0.0.1:{free_port()}",
            "FIELDPROOF_FRONT_PORT": str(free_port()), **settings}


def run(project, script, *arguments, wrapper=(), **settings):
    return subprocess.run([*wrapper, project / "script" / script, *arguments], env=environment(**settings),
                          capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)


def check_one_sentence(result, expected):
    """It failed, and the last line says what is wrong and what to do, and nothing comes after."""
    lines = result.stderr.strip().splitlines()
    assert result.returncode != 0 and lines and re.fullmatch(expected, lines[-1]), result.stdout + result.stderr


def small_disk(project, mebibytes, command='exec "$@"'):
    """Runs what follows with that much room under var/."""
    var = project / "var"
    namespace = first_that_works(MOUNT_NAMESPACES, "sh", "-c", f'mount -t tmpfs none "{var}" && umount "{var}"')
    mount = f'mount -t tmpfs -o size={mebibytes}m,mode=0755 none "{var}" || exit; ({command}); status=$?; umount "{var}"; exit $status'
    return [*namespace, "sh", "-c", mount, "sh"]


def commands_without(folder, *left_out, **instead):
    """A PATH with all commands but some; others are replaced by small programs."""
    folder.mkdir()
    for place in ("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"):
        for command in pathlib.Path(place).glob("*"):
            if command.name not in left_out and not (folder / command.name).is_symlink():
                (folder / command.name).symlink_to(command)
    for name, text in instead.items():
        file = folder / name.replace("_", "-")
        file.unlink(missing_ok=True)
        file.write_text("#!/bin/sh\n" + text)
        file.chmod(0o755)
    return str(folder)


def nobodys_rights(project):
    return first_that_works(WITHOUT_RIGHTS, "test", "-r", str(project / "script/bootstrap"))


def test_a_disk_with_little_room(project):
    result = run(project, "server", wrapper=small_disk(project, 40))
    check_one_sentence(result, r"script/server: only \d+ MiB are free on the disk of var and 500 MiB are needed; "
                               r"free some space and run this again\.")


def test_a_disk_that_is_full(project):
    """The room was there when it was asked for, and then it was gone: the log itself cannot be written."""
    fill = 'mkdir -p var/log; ! dd if=/dev/zero of=var/ballast bs=64k 2>/dev/null; exec "$@"'
    script = 'source script/lib.sh; quietly work sh -c "echo begun; dd if=/dev/zero of=var/large bs=64k count=64" || fail "it went wrong."'
    result = subprocess.run([*small_disk(project, 2, f'cd "{project}"; {fill}'), "bash", "-c", script, project / "script/work"],
                            capture_output=True, text=True, timeout=60)
    check_one_sentence(result, r"script/work: the disk is full; free some space and run this again\.")


def test_rights_that_are_missing(project):
    path = commands_without(project / "commands", "sudo", dpkg_query="exit 0")
    result = run(project, "bootstrap", "server", wrapper=nobodys_rights(project), PATH=path)
    check_one_sentence(result, r"script/bootstrap: this needs root's rights for 'true', and there is no sudo; "
                               r"run it as root, or install sudo\.")


def test_a_sudo_that_refuses(project):
    path = commands_without(project / "commands", dpkg_query="exit 0", sudo="echo 'not in the sudoers file' >&2; exit 1")
    result = run(project, "bootstrap", "server", wrapper=nobodys_rights(project), PATH=path)
    check_one_sentence(result, r"script/bootstrap: sudo did not run 'true'; ask an administrator for sudo rights, "
                               r"or run this as root\.")


def test_a_machine_without_apt(project, tmp_path):
    path = commands_without(tmp_path / "bin", "apt-get", dpkg_query="exit 0")
    check_one_sentence(run(project, "bootstrap", "server", PATH=path), r"script/bootstrap: this machine has no apt-get; .*")


@pytest.mark.parametrize("arguments, settings, expected", [
    (["--htps"], {}, r"script/server: there is no option '--htps'; the only one is --https\."),
    ([], {"FIELDPROOF_LISTEN": "8080"}, r"script/server: FIELDPROOF_LISTEN is '8080'; write address:port, .*"),
    ([], {"FIELDPROOF_CONFIG": "/nowhere"}, r"script/server: the configuration /nowhere of FIELDPROOF_CONFIG cannot be read; .*"),
    (["--https"], {"FIELDPROOF_FRONT_PORT": "443"},
     r"script/front: FIELDPROOF_FRONT_PORT is '443'; choose a number from 1024 to 65535: nginx runs without root's rights\."),
])
def test_settings_that_make_no_sense(project, arguments, settings, expected):
    check_one_sentence(run(project, "server", *arguments, **settings), expected)


def start(project, settings, *arguments):
    process = subprocess.Popen([project / "script/server", *arguments], env=settings, stdout=subprocess.PIPE, text=True,
                               stdin=subprocess.DEVNULL, start_new_session=True)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Fieldproof is ready"):
            return process, "".join(lines)
    raise AssertionError("".join(lines))


def test_https_from_start_to_ctrl_c(project):
    settings = environment()
    address = re.compile(r"On phones of this network: (https://\S+:" + settings["FIELDPROOF_FRONT_PORT"] + "/app/)\n")
    process, output = start(project, settings, "--https")
    try:
        url = address.search(output)[1]
        trust = url.replace("https:", "http:").replace("/app/", "/trust")
        assert output.count("█") > 200 and output.index(trust + "\n") < output.index(url)
        front = (project / "var/front").resolve()
        trusted = ssl.create_default_context(cafile=str(front / "authority/certificate.pem"))
        with urllib.request.urlopen(trust, timeout=60) as answer:
            fingerprint = re.search(r'class="fingerprint">([0-9A-F\s]+)<', answer.read().decode())[1]
        assert f"fingerprint of the certificate:\n{fingerprint}\n" in output
        with urllib.request.urlopen(url.replace("/app/", "/healthz"), context=trusted, timeout=60) as answer:
            assert answer.read() == b'{"status":"ok"}'
        nginx = int((front / "run/fieldproof-front.pid").read_text())
        second = subprocess.run([project / "script/server"], env=settings, capture_output=True, text=True, timeout=120)
        check_one_sentence(second, r"script/server: script/server already runs in this folder; .*")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
    assert not pathlib.Path(f"/proc/{nginx}").exists()
    assert subprocess.run([project / "script/postgres", "status"], capture_output=True).returncode == 3
    process, output = start(project, settings, "--https")
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 130
    assert not re.search("^(Installing|Building)", output, re.MULTILINE), "a second start has nothing to make"
