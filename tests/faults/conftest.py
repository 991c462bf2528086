"""The server of the fault tests: its calls are counted and fail on demand, its database is durable."""

import pytest

from support.faults import LIBRARY, Faults
from support.load import Load
from support.postgres import Postgres
from support.server import Server
from support.uploads import Evidence, PhotoMaker, Site


@pytest.fixture(scope="session")
def postgres(run_folder):
    cluster = Postgres(run_folder / "postgres", throwaway=False)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.destroy()


@pytest.fixture(scope="session")
def faults(run_folder):
    assert LIBRARY.exists(), f"{LIBRARY} is not there; run script/build"
    instance = Faults(run_folder / "faults")
    yield instance
    instance.close()


@pytest.fixture(scope="session")
def server(run_folder, postgres, faults):
    instance = Server(run_folder / "server", postgres, environment={
        **faults.environment,
        # Log-ins outlive the slowest run, and an answer "busy" comes before a test's patience ends.
        "FIELDPROOF_ACCESS_TOKEN_S": "7200",
        "FIELDPROOF_SWEEP_AGE_S": "0", "FIELDPROOF_SWEEP_EVERY_S": "0",
    })
    instance.migrate()
    instance.start()
    yield instance
    status = instance.stop()
    assert status in (0, None), f"the server ended with status {status}:\n{instance.log_tail()}"


@pytest.fixture(autouse=True)
def running_server(server, faults):
    """Each test begins with a server that runs and a rule that does not."""
    faults.disarm()
    if server.process is None:
        server.start()
    faults.clear_log()
    yield
    faults.disarm()


@pytest.fixture(scope="session")
def evidence(server, postgres, site):
    return Evidence(server.data_folder, postgres, site.organisation_id)


@pytest.fixture(scope="session")
def photos(run_folder):
    return PhotoMaker(run_folder)


@pytest.fixture(scope="session")
def site(new_organisation):
    return Site(new_organisation(), technicians=4)


@pytest.fixture(scope="session")
def technician(site):
    return site.technicians[0]


@pytest.fixture
def load(site, photos):
    """Four clients that upload from the start of the test to its end, or until stop() or complete()."""
    instance = Load(site, photos)
    yield instance
    instance.stop()


@pytest.fixture
def report(capsys):
    """Prints a figure into the log also when the test passes."""
    def say(text):
        with capsys.disabled():
            print(f"\n{text}")
    return say
