"""A client of the API that records what it sees."""

import requests


class Api:
    """`token` is an access token or None. `expect=201` on any call asserts the status."""

    def __init__(self, base_url, recorder, token=None):
        self.base_url = base_url
        self.token = token
        self._recorder = recorder
        self._session = requests.Session()
        self._session.trust_env = False

    def trust(self, certificate):
        """Over TLS: trusts this certificate alone."""
        self._session.verify = certificate

    def with_token(self, token):
        """Another client, of another person."""
        return Api(self.base_url, self._recorder, token)

    def request(self, method, path, expect=None, headers=None, **rest):
        headers = dict(headers or {})
        if self.token is not None:
            headers.setdefault("Authorization", "Bearer " + self.token)
        response = self._session.request(
            method, self.base_url + path, headers=headers, timeout=rest.pop("timeout", 60), **rest
        )
        self._recorder.record(response)
        if expect is not None:
            assert response.status_code == expect, f"{method} {path}: {response.status_code}\n{response.text[:2000]}"
        return response

    def get(self, path, **rest):
        return self.request("GET", path, **rest)

    def post(self, path, **rest):
        return self.request("POST", path, **rest)

    def put(self, path, **rest):
        return self.request("PUT", path, **rest)

    def patch(self, path, **rest):
        return self.request("PATCH", path, **rest)

    def delete(self, path, **rest):
        return self.request("DELETE", path, **rest)
