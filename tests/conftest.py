"""Fixtures of the API, contract and fault tests: one PostgreSQL and one server for all of a run."""

import os
import pathlib
import shutil
import tempfile

import pytest

from support.api import Api
from support.organisation import Organisation
from support.paths import PROGRAM, RECORDED_FOLDER, TEST_FOLDER
from support.postgres import Postgres
from support.recorder import Recorder
from support.server import Server
from support.web_app import make_web_app
from support.world import World


@pytest.fixture(scope="session")
def run_folder():
    """A folder of this run, removed at its end."""
    assert PROGRAM.exists(), f"{PROGRAM} is not there; run script/build"
    TEST_FOLDER.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"run-{os.getpid()}-", dir=TEST_FOLDER))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(run_folder):
    cluster = Postgres(run_folder / "postgres")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.destroy()


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory):
    """With the schema and nothing else: what other tests leave in a table decides which plan is taken for it."""
    folder = tmp_path_factory.mktemp("own")
    cluster = Postgres(folder / "postgres")
    try:
        cluster.start()
        Server(folder / "server", cluster).migrate()
        yield cluster
    finally:
        cluster.destroy()


@pytest.fixture(scope="session")
def server(run_folder, postgres):
    """The server under test; a test that stops it starts it again."""
    web_folder = make_web_app(run_folder / "web")
    instance = Server(run_folder / "server", postgres, environment={"FIELDPROOF_WEB_DIR": str(web_folder)})
    instance.migrate()
    instance.start()
    try:
        yield instance
    finally:
        status = instance.stop()
    assert status in (0, None), f"the server ended with status {status}:\n{instance.log_tail()}"


@pytest.fixture(scope="session")
def recorder():
    instance = Recorder(RECORDED_FOLDER)
    yield instance
    instance.close()


@pytest.fixture(scope="session")
def api(server, recorder):
    """A client without a token."""
    return Api(server.base_url, recorder)


@pytest.fixture(scope="session")
def new_organisation(api, server):
    """Call it for another organisation of one's own: new_organisation(language="zh")."""
    return lambda **options: Organisation(api, server.operator_token, **options)


@pytest.fixture(scope="module")
def organisation(new_organisation):
    """An organisation that the tests of one file share."""
    return new_organisation()


@pytest.fixture(scope="module")
def administrator(organisation):
    return organisation.administrator


@pytest.fixture(scope="module")
def dispatcher(organisation):
    return organisation.user("dispatcher")


@pytest.fixture(scope="module")
def manager(organisation):
    return organisation.user("manager")


@pytest.fixture(scope="module")
def technician(organisation):
    return organisation.user("technician")


@pytest.fixture(scope="module")
def user(organisation):
    """The technician whom the tests of one file are about."""
    return organisation.user("technician")


@pytest.fixture(scope="module")
def world(organisation, run_folder):
    return World(organisation, run_folder)
