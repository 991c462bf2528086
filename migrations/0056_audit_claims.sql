-- Two managers at the audit do not look at the same photo: which ones each of them has taken, one row a person. A
-- claim locks nothing. It is good for a while after it was made or renewed, and whatever is decided counts without one.
CREATE TABLE audit_claim (
    org_id     uuid NOT NULL,
    user_id    uuid NOT NULL,
    photo_ids  uuid[] NOT NULL CHECK (cardinality(photo_ids) <= 20),
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, user_id)
);
ALTER TABLE audit_claim ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user;

ALTER TABLE audit_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit_claim
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON audit_claim TO fieldproof;
