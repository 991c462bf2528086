-- A technician's rejected photos are few among their photos; the list read those one by one, the more the older the history.
CREATE INDEX photo_rejected_user ON photo (org_id, user_id, captured_at, id) WHERE verdict = 'rejected';
