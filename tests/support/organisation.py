"""Organisations and their people, made through the API."""

import dataclasses
import itertools
import uuid

from support.api import Api

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


@dataclasses.dataclass
class User:
    """A person who is logged in."""

    id: str
    log_in: str
    password: str
    role: str
    api: Api
    refresh_token: str


class Organisation:
    """A new organisation with its administrator; `user(role)` adds people."""

    def __init__(self, api, operator_token, language="en", time_zone="Europe/Berlin"):
        self._api = api
        self.id = new_id()
        self.slug = f"org-{self.id[:13]}"
        self.language = language
        administrator_id = new_id()
        api.with_token(operator_token).post("/v1/organisations", expect=201, json={
            "id": self.id,
            "slug": self.slug,
            "name": "Kältetechnik Nord",
            "language": language,
            "time_zone": time_zone,
            "administrator": {
                "id": administrator_id,
                "log_in": "administrator",
                "name": "Anna Admin",
                "password": PASSWORD,
                "language": language,
            },
        })
        self.administrator = self._logged_in(administrator_id, "administrator", "administrator")

    def user(self, role, language=None):
        """A new person of this role, logged in."""
        user_id, log_in = new_id(), f"{role}-{next(_numbers)}"
        self.administrator.api.post("/v1/users", expect=201, json={
            "id": user_id,
            "log_in": log_in,
            "name": f"{role.capitalize()} Example",
            "role": role,
            "language": language or self.language,
            "password": PASSWORD,
        })
        return self._logged_in(user_id, log_in, role)

    def _logged_in(self, user_id, log_in, role):
        answer = self._api.post("/v1/auth/log-in", expect=200, json={
            "organisation": self.slug,
            "log_in": log_in,
            "password": PASSWORD,
        }).json()
        return User(
            user_id, log_in, PASSWORD, role, self._api.with_token(answer["access_token"]), answer["refresh_token"]
        )


def new_id():
    return str(uuid.uuid4())
