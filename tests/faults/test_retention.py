"""A sweep that is killed while it removes what is older than the organisation keeps."""

import pytest

from support.faults import Action, Call, Phase
from support.retention import RULES, Kept

ATTEMPTS = 12


@pytest.mark.parametrize("call, phase", [
    (Call.COMMIT_SEND, Phase.BEFORE), (Call.COMMIT_SENT, Phase.AFTER), (Call.UNLINK, Phase.BEFORE), (Call.UNLINK, Phase.AFTER)])
def test_what_a_row_says_is_there_is_there(new_organisation, run_folder, postgres, server, faults, call, phase):
    """After a kill at every commit and removal; the next sweep ends the work."""
    kept = Kept(new_organisation(), run_folder, postgres, server)
    content = kept.new_picture()
    photos = [kept.photo(25)[1] for _ in range(3)] + [kept.photo(25, content)[1]]
    young = kept.photo(1, content)[1]
    kept.set(RULES)
    kills = 0
    for number in range(1, ATTEMPTS):
        faults.arm([call], Action.KILL, first=number, phase=phase)
        result = kept.run_sweep()
        faults.disarm()
        for photo in [*photos, young]:
            is_removed = kept.get(f"/v1/photos/{photo}").json()["original_removed_at"] is not None
            assert is_removed or kept.files(photo)[0], "a row says that the bytes are there"
            assert kept.files(photo)[1:] == [True, True]
        assert kept.get(f"/v1/photos/{young}/original").content == content
        if result.returncode == 0:
            break
        kills += 1
    assert kills >= 1
    kept.sweep()
    assert [kept.files(photo)[0] for photo in photos] == [False, False, False, True]
    removed = postgres.query(f"SELECT count(*) FROM audit_event WHERE org_id = '{kept.organisation.id}' AND action = 'removed'")
    assert removed == [["4"]]
