-- name: insert_once_lock
-- Requests that would insert the same id take turns. ON CONFLICT (org_id, id) alone does not see to it:
-- of two that insert one id at once, the later may meet the other's code or number before its id, and
-- would be told that "another" row has it.
SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 0));
