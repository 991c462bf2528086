-- When a work order is planned. Row-level security keeps indexes from conditions that it does not know to be leakproof, and
-- coalesce() is such a one, CASE is not: with coalesce() the plan's days were found by reading all work orders there ever
-- were. (A stored column would be simpler, but PostgreSQL rewrites no table whose row type functions take.)
CREATE FUNCTION planned_time(planned_starts_at timestamptz, window_starts_at timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at ELSE window_starts_at END;

DROP INDEX work_order_planned, work_order_to_plan;
CREATE INDEX work_order_planned ON work_order (org_id, planned_time(planned_starts_at, window_starts_at));
CREATE INDEX work_order_to_plan ON work_order (org_id, planned_time(planned_starts_at, window_starts_at))
    WHERE state IN ('new', 'assigned', 'accepted');
