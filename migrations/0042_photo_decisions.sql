-- The list of photos by what a manager decided about them: refused ones, and those to be taken again, are few.
CREATE INDEX photo_decision ON photo (org_id, review_decision, captured_at, id) WHERE review_decision IS NOT NULL;
