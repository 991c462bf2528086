-- What a board of the day is found by: work that was finished today, whenever it was planned for.
CREATE INDEX work_order_finished ON work_order (org_id, updated_at)
    WHERE state IN ('done', 'partly_done', 'unresolved', 'closed');

-- Open work up to the end of a day; finished work of the day, by plan or by when it was finished. An open one that is
-- left from before (late_from is the beginning of time) belongs to the board of today only.
CREATE FUNCTION board_shows(w work_order, late_from timestamptz, starts_at timestamptz, ends_at timestamptz)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN w.state IN ('new', 'assigned', 'accepted', 'on_site')
                THEN work_order_listed_for(w) >= late_from AND work_order_listed_for(w) < ends_at
                WHEN w.state = 'cancelled' THEN false
                ELSE work_order_listed_for(w) >= starts_at AND work_order_listed_for(w) < ends_at
                  OR w.updated_at >= starts_at AND w.updated_at < ends_at END;
