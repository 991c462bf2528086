-- What is open, newest first: whatever the planner expects of the other filters, no finished work is read for it.
CREATE INDEX work_order_open_created ON work_order (org_id, created_at, id)
    WHERE state IN ('new', 'assigned', 'accepted', 'on_site');
