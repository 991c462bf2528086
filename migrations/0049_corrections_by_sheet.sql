-- A sheet that goes looks for its corrections by its key.
CREATE INDEX correction_sheet ON correction (org_id, visit_id, sheet_version);
