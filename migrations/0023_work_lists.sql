-- Templates of work orders, and what the lists of work orders are found by.

-- What a work order of one kind of job begins with. Its items carry neither ids nor assets: both come with
-- the work order and its site.
CREATE TABLE checklist_template (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    name           text NOT NULL,
    title          text NOT NULL,
    description    text,
    priority       text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    minutes        integer CHECK (minutes BETWEEN 5 AND 10080), -- of the planned window
    checklist      jsonb NOT NULL DEFAULT '[]',                 -- [{kind, label, photo_role, required}]
    is_retired     boolean NOT NULL DEFAULT false,              -- stays for what refers to it
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX checklist_template_name ON checklist_template (org_id, name);
ALTER TABLE checklist_template ADD FOREIGN KEY (org_id) REFERENCES organisation;
ALTER TABLE checklist_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE checklist_template FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON checklist_template
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON checklist_template TO fieldproof;

CREATE FUNCTION checklist_template_json(t checklist_template) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', t.id, 'name', t.name, 'title', t.title, 'description', t.description,
        'priority', t.priority, 'minutes', t.minutes,
        'checklist', coalesce((
            SELECT json_agg(json_build_object(
                       'kind', item ->> 'kind', 'label', item ->> 'label',
                       'photo_role', item ->> 'photo_role',
                       'required', coalesce((item ->> 'required')::boolean, true)) ORDER BY position)
            FROM jsonb_array_elements(t.checklist) WITH ORDINALITY AS list(item, position)), '[]'),
        'is_retired', t.is_retired, 'version', t.version,
        'created_at', json_time(t.created_at), 'updated_at', json_time(t.updated_at));

-- By what a day's list finds a work order: the plan, without one its window, its due time, its creation. Written as a CASE: PostgreSQL does not know that coalesce() is leakproof, and row-level security
-- would keep comparisons from the indexes.
CREATE FUNCTION work_order_listed_for(w work_order) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN w.planned_starts_at IS NOT NULL THEN w.planned_starts_at
                WHEN w.window_starts_at IS NOT NULL THEN w.window_starts_at
                WHEN w.due_at IS NOT NULL THEN w.due_at ELSE w.created_at END;
CREATE INDEX work_order_listed ON work_order (org_id, (CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at
         WHEN window_starts_at IS NOT NULL THEN window_starts_at WHEN due_at IS NOT NULL THEN due_at
         ELSE created_at END), id);
CREATE INDEX work_order_listed_customer ON work_order (org_id, customer_id, (CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at
         WHEN window_starts_at IS NOT NULL THEN window_starts_at WHEN due_at IS NOT NULL THEN due_at
         ELSE created_at END), id);
CREATE INDEX work_order_listed_site ON work_order (org_id, site_id, (CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at
         WHEN window_starts_at IS NOT NULL THEN window_starts_at WHEN due_at IS NOT NULL THEN due_at
         ELSE created_at END), id);
CREATE INDEX work_order_listed_state ON work_order (org_id, state, (CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at
         WHEN window_starts_at IS NOT NULL THEN window_starts_at WHEN due_at IS NOT NULL THEN due_at
         ELSE created_at END), id);
CREATE INDEX work_order_open ON work_order (org_id, (CASE WHEN planned_starts_at IS NOT NULL THEN planned_starts_at
         WHEN window_starts_at IS NOT NULL THEN window_starts_at WHEN due_at IS NOT NULL THEN due_at
         ELSE created_at END), id)
    WHERE state IN ('new', 'assigned', 'accepted', 'on_site');

-- A technician's list is in the same orders, so its rows carry them, too.
ALTER TABLE work_order_assignee
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(), -- the work order's, as the next
    ADD COLUMN listed_for timestamptz NOT NULL DEFAULT now();
ALTER TABLE work_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE work_order_assignee NO FORCE ROW LEVEL SECURITY;
UPDATE work_order_assignee a SET created_at = w.created_at, listed_for = work_order_listed_for(w)
FROM work_order w WHERE w.org_id = a.org_id AND w.id = a.work_order_id;
ALTER TABLE work_order FORCE ROW LEVEL SECURITY;
ALTER TABLE work_order_assignee FORCE ROW LEVEL SECURITY;
CREATE INDEX work_order_assignee_created ON work_order_assignee (org_id, user_id, created_at, work_order_id);
CREATE INDEX work_order_assignee_listed ON work_order_assignee (org_id, user_id, listed_for, work_order_id);

CREATE FUNCTION copy_list_place_to_assignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT w.created_at, work_order_listed_for(w) INTO NEW.created_at, NEW.listed_for
    FROM work_order w WHERE w.org_id = NEW.org_id AND w.id = NEW.work_order_id
    FOR SHARE;
    NEW.created_at := coalesce(NEW.created_at, now());
    NEW.listed_for := coalesce(NEW.listed_for, now());
    RETURN NEW;
END
$$;
CREATE TRIGGER work_order_assignee_place BEFORE INSERT ON work_order_assignee
    FOR EACH ROW EXECUTE FUNCTION copy_list_place_to_assignee();

CREATE FUNCTION copy_list_place_to_assignees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE work_order_assignee SET listed_for = work_order_listed_for(NEW)
    WHERE org_id = NEW.org_id AND work_order_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER work_order_place AFTER UPDATE ON work_order FOR EACH ROW
    WHEN (coalesce(OLD.planned_starts_at, OLD.window_starts_at, OLD.due_at)
          IS DISTINCT FROM coalesce(NEW.planned_starts_at, NEW.window_starts_at, NEW.due_at))
    EXECUTE FUNCTION copy_list_place_to_assignees();

-- The list's filters; null asks for nothing. Inlined, so that a null one vanishes from the plan.
CREATE FUNCTION work_order_is_wanted(w work_order, state text, site_id uuid, customer_id uuid,
                                     is_open boolean, is_overdue boolean) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (work_order_is_wanted.state IS NULL OR w.state = work_order_is_wanted.state)
       AND (work_order_is_wanted.site_id IS NULL OR w.site_id = work_order_is_wanted.site_id)
       AND (work_order_is_wanted.customer_id IS NULL
            OR w.customer_id = work_order_is_wanted.customer_id)
       AND (is_open IS DISTINCT FROM true OR w.state IN ('new', 'assigned', 'accepted', 'on_site'))
       AND (is_open IS DISTINCT FROM false OR w.state NOT IN ('new', 'assigned', 'accepted', 'on_site'))
       AND (is_overdue IS DISTINCT FROM true
            OR w.state IN ('new', 'assigned', 'accepted', 'on_site')
               AND coalesce(w.due_at, w.window_ends_at) < now())
       AND (is_overdue IS DISTINCT FROM false
            OR (w.state IN ('new', 'assigned', 'accepted', 'on_site')
                AND coalesce(w.due_at, w.window_ends_at) < now()) IS NOT TRUE);

-- How many rows one request that searches for a part of a text looks at; it answers where to go on.
CREATE FUNCTION work_orders_looked_at() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 5000;

CREATE FUNCTION work_order_says(w work_order, part text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN part IS NULL OR strpos(lower(w.number), lower(part)) > 0 OR strpos(lower(w.title), lower(part)) > 0;

CREATE FUNCTION work_order_has_nobody(w work_order) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NOT EXISTS (SELECT FROM work_order_assignee a
                      WHERE a.org_id = w.org_id AND a.work_order_id = w.id);
