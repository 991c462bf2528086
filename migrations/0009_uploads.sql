-- Uploads that can be resumed. How far one is, is the length of its file and stands nowhere here.
CREATE TABLE upload (
    org_id     uuid NOT NULL,
    id         uuid NOT NULL,
    photo_id   uuid NOT NULL,
    user_id    uuid NOT NULL,
    length     bigint NOT NULL CHECK (length > 0),
    sha256     bytea,                  -- what the whole must have, if the phone said so
    metadata   text NOT NULL,          -- as it was sent
    expires_at timestamptz NOT NULL,
    stored_at  timestamptz,            -- the photo is stored: nothing more is awaited
    PRIMARY KEY (org_id, id)
);
-- One a photo: who asks for another gets the one that is there, so that a lost address loses no bytes.
CREATE UNIQUE INDEX upload_photo ON upload (org_id, photo_id);
CREATE INDEX upload_user ON upload (org_id, user_id);
CREATE INDEX upload_expires ON upload (org_id, expires_at);
ALTER TABLE upload
    ADD FOREIGN KEY (org_id, photo_id) REFERENCES photo,
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user;

ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON upload
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON upload TO fieldproof;
