"""A server that believes its front, and the front."""

import os

import pytest

from support.api import Api
from support.front import Front
from support.recorder import Recorder
from support.server import Server


@pytest.fixture(scope="session")
def server(run_folder, postgres):
    instance = Server(run_folder / "server", postgres, environment={
        "FIELDPROOF_TRUSTED_PROXY": "127.0.0.1", "FIELDPROOF_ACCESS_TOKEN_S": "7200"})
    instance.migrate()
    instance.start()
    yield instance
    status = instance.stop()
    assert status in (0, None), f"the server ended with status {status}:\n{instance.log_tail()}"


@pytest.fixture(scope="session")
def front(run_folder, server):
    instance = Front(run_folder / "front", server)
    try:
        yield instance.start()
    finally:
        instance.destroy()


@pytest.fixture
def new_front(run_folder, server):
    """A front that is not started, of this test alone."""
    fronts = []

    def make(addresses):
        fronts.append(Front(run_folder / f"front-{len(fronts)}-{os.getpid()}", server, addresses))
        return fronts[-1]
    yield make
    for instance in fronts:
        instance.destroy()


@pytest.fixture(scope="session")
def recorder(run_folder):
    instance = Recorder(run_folder / "recorded")
    yield instance
    instance.close()


@pytest.fixture
def through_front(front, recorder):
    """Call it for a client that comes through the front: through_front(token)."""
    def client(token=None):
        api = Api(front.base_url, recorder, token)
        api.trust(str(front.authority))
        return api
    return client
