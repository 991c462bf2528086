"""The route table of the server and the contract, compared both ways."""

import subprocess

import pytest

from support import contract
from support.paths import PROGRAM

CONTRACT = contract.load()


@pytest.fixture(scope="module", name="routes")
def read_routes():
    """{operationId: (method, path, roles, body ceiling)} as `fieldproof routes` prints it."""
    text = subprocess.run([str(PROGRAM), "routes"], check=True, capture_output=True, text=True, timeout=60).stdout
    routes = {}
    for line in text.splitlines():
        method, path, operation_id, roles, _transaction, _body, ceiling = line.split("\t")
        assert operation_id not in routes, f"{operation_id} has two routes"
        routes[operation_id] = (method, path, set() if roles == "-" else set(roles.split(",")), int(ceiling))
    return routes


def test_every_operation_has_its_route(routes):
    documented = {
        operation.id: (operation.method, operation.path, set(operation.roles), operation.body_ceiling_bytes)
        for operation in CONTRACT.operations.values()
    }
    missing = sorted(set(documented) - set(routes))
    assert not missing, f"{len(missing)} operations have no route: {', '.join(missing)}"
    differing = [f"{key}: the contract {documented[key]}, the route {routes[key]}"
                 for key in documented if routes[key] != documented[key]]
    assert not differing, "\n".join(differing)


def test_every_route_is_documented(routes):
    assert not sorted(set(routes) - set(CONTRACT.operations))


def test_security_is_said_as_the_roles_are():
    for operation in CONTRACT.operations.values():
        security = operation.definition.get("security", CONTRACT.document["security"])
        schemes = {name for alternative in security for name in alternative}
        if not operation.roles:
            assert security == [], operation
        elif operation.roles == ["operator"]:
            assert schemes == {"operatorKey"}, operation
        else:
            assert schemes == {"bearerAuth"} and "operator" not in operation.roles, operation
