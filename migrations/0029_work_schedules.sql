-- Recurring work, and one job for many sites at once.

CREATE TABLE work_schedule (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    name           text NOT NULL,
    template_id    uuid NOT NULL,
    number_prefix  text NOT NULL,
    frequency      text NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
    every          integer NOT NULL CHECK (every BETWEEN 1 AND 366), -- days, weeks or months
    weekdays       text[],            -- weekly: 'monday', …
    month_day      integer CHECK (month_day BETWEEN 1 AND 31), -- monthly; the last day where there is no such one
    starts_on      date NOT NULL,
    ends_on        date,              -- the last day
    window_from    time NOT NULL,     -- by the site's clock
    window_to      time NOT NULL,     -- not after window_from: on the day after
    assignee_ids   uuid[] NOT NULL DEFAULT '{}',
    is_paused      boolean NOT NULL DEFAULT false,
    created_by     uuid NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK ((frequency = 'weekly') = (weekdays IS NOT NULL)),
    CHECK ((frequency = 'monthly') = (month_day IS NOT NULL)),
    CHECK (ends_on >= starts_on)
);
CREATE INDEX work_schedule_name ON work_schedule (org_id, name, id);
CREATE INDEX work_schedule_template ON work_schedule (org_id, template_id);
CREATE INDEX work_schedule_created_by ON work_schedule (org_id, created_by);

-- Up to which day its work orders have been made at each site. It only grows: what a change of the schedule
-- says of days before is not done, so that nothing is made twice and nothing that was planned is moved.
CREATE TABLE work_schedule_site (
    org_id      uuid NOT NULL,
    schedule_id uuid NOT NULL,
    site_id     uuid NOT NULL,
    made_until  date,
    PRIMARY KEY (org_id, schedule_id, site_id)
);
CREATE INDEX work_schedule_site_site ON work_schedule_site (org_id, site_id);

-- A work order that a schedule made. The key lets each day of a site be made once; the row stays when the
-- work order is deleted, so that it is not made again.
CREATE TABLE work_schedule_order (
    org_id        uuid NOT NULL,
    schedule_id   uuid NOT NULL,
    site_id       uuid NOT NULL,
    day           date NOT NULL,
    work_order_id uuid,
    PRIMARY KEY (org_id, schedule_id, site_id, day)
);
CREATE INDEX work_schedule_order_day ON work_schedule_order (org_id, schedule_id, day);
CREATE INDEX work_schedule_order_work_order ON work_schedule_order (org_id, work_order_id);
CREATE INDEX work_schedule_order_site ON work_schedule_order (org_id, site_id);

CREATE TABLE work_schedule_skip (
    org_id      uuid NOT NULL,
    schedule_id uuid NOT NULL,
    day         date NOT NULL,
    reason      text NOT NULL,
    skipped_by  uuid NOT NULL,
    skipped_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, schedule_id, day)
);
CREATE INDEX work_schedule_skip_skipped_by ON work_schedule_skip (org_id, skipped_by);

CREATE TABLE work_order_batch (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    work_order_ids uuid[] NOT NULL,
    created_by     uuid NOT NULL,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX work_order_batch_created_by ON work_order_batch (org_id, created_by);

ALTER TABLE work_schedule
    ADD FOREIGN KEY (org_id, template_id) REFERENCES checklist_template,
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user;
ALTER TABLE work_schedule_site
    ADD FOREIGN KEY (org_id, schedule_id) REFERENCES work_schedule,
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site;
ALTER TABLE work_schedule_order
    ADD FOREIGN KEY (org_id, schedule_id) REFERENCES work_schedule,
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site,
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order ON DELETE SET NULL (work_order_id);
ALTER TABLE work_schedule_skip
    ADD FOREIGN KEY (org_id, schedule_id) REFERENCES work_schedule,
    ADD FOREIGN KEY (org_id, skipped_by) REFERENCES app_user;
ALTER TABLE work_order_batch
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user;

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY '{work_schedule, work_schedule_site, work_schedule_order, work_schedule_skip,
                                  work_order_batch}'::text[] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON work_schedule, work_schedule_order TO fieldproof;
GRANT SELECT, INSERT, UPDATE, DELETE ON work_schedule_site TO fieldproof;
GRANT SELECT, INSERT, DELETE ON work_schedule_skip TO fieldproof;
GRANT SELECT, INSERT ON work_order_batch TO fieldproof;

-- Whether a day is one of the rule's. Weeks begin on Monday.
CREATE FUNCTION is_day_of_rule(frequency text, every integer, weekdays text[], month_day integer,
                               starts_on date, day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE frequency
        WHEN 'daily' THEN (day - starts_on) % every = 0
        WHEN 'weekly' THEN
            (('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[])
                [extract(isodow FROM day)::integer] = ANY (weekdays))
            AND ((day - extract(isodow FROM day)::integer)
                 - (starts_on - extract(isodow FROM starts_on)::integer)) / 7 % every = 0
        ELSE
            ((extract(year FROM day) * 12 + extract(month FROM day))
             - (extract(year FROM starts_on) * 12 + extract(month FROM starts_on)))::integer % every = 0
            AND extract(day FROM day) = least(month_day, extract(day FROM
                (date_trunc('month', day::timestamp) + interval '1 month' - interval '1 day')))
        END AND day >= starts_on;

-- When the window of a day begins and ends, by the clock of a site. A time that the clock leaps over counts
-- an hour later; of one that comes twice the later counts.
CREATE FUNCTION window_start(day date, window_from time, time_zone text) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (day + window_from) AT TIME ZONE time_zone;
CREATE FUNCTION window_end(day date, window_from time, window_to time, time_zone text) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (day + CASE WHEN window_to > window_from THEN 0 ELSE 1 END + window_to) AT TIME ZONE time_zone;

-- The next days of a rule from $from_day on, at most `days`, in some twenty years.
CREATE FUNCTION next_days_of_rule(frequency text, every integer, weekdays text[], month_day integer,
                                  starts_on date, ends_on date, from_day date, days integer)
    RETURNS SETOF date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT day FROM (SELECT greatest(starts_on, from_day) + generate_series(0, 7500) AS day) AS candidate
    WHERE is_day_of_rule(frequency, every, weekdays, month_day, starts_on, day)
      AND day <= coalesce(ends_on, '9999-12-31')
    LIMIT days
$$;

CREATE FUNCTION work_schedule_json(s work_schedule) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'name', s.name,
        'template', (SELECT json_build_object('id', t.id, 'name', t.name) FROM checklist_template t
                     WHERE t.org_id = s.org_id AND t.id = s.template_id),
        'sites', (SELECT json_agg(json_build_object('id', site.id, 'name', site.name, 'time_zone', site.time_zone,
                                                    'customer_name', c.name, 'made_until', at.made_until)
                                  ORDER BY site.name, site.id)
                  FROM work_schedule_site at
                  JOIN site ON site.org_id = at.org_id AND site.id = at.site_id
                  JOIN customer c ON c.org_id = site.org_id AND c.id = site.customer_id
                  WHERE at.org_id = s.org_id AND at.schedule_id = s.id),
        'number_prefix', s.number_prefix,
        'rule', json_build_object('frequency', s.frequency, 'every', s.every, 'weekdays', s.weekdays,
                                  'month_day', s.month_day),
        'starts_on', s.starts_on, 'ends_on', s.ends_on,
        'window_from', to_char(s.window_from, 'HH24:MI'), 'window_to', to_char(s.window_to, 'HH24:MI'),
        'assignees', coalesce((SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name, u.id)
                               FROM app_user u WHERE u.org_id = s.org_id AND u.id = ANY (s.assignee_ids)), '[]'),
        'is_paused', s.is_paused,
        'next_dates', (
            SELECT coalesce(json_agg(json_build_object(
                       'date', next.day,
                       'window_starts_at', json_time(window_start(next.day, s.window_from, first.time_zone)),
                       'window_ends_at', json_time(window_end(next.day, s.window_from, s.window_to, first.time_zone)),
                       'skip_reason', (SELECT k.reason FROM work_schedule_skip k
                                       WHERE k.org_id = s.org_id AND k.schedule_id = s.id AND k.day = next.day),
                       'work_orders', (SELECT count(*) FROM work_schedule_order o
                                       WHERE o.org_id = s.org_id AND o.schedule_id = s.id AND o.day = next.day
                                         AND o.work_order_id IS NOT NULL))
                       ORDER BY next.day), '[]')
            FROM (SELECT site.time_zone
                  FROM work_schedule_site at JOIN site ON site.org_id = at.org_id AND site.id = at.site_id
                  WHERE at.org_id = s.org_id AND at.schedule_id = s.id
                  ORDER BY site.name, site.id LIMIT 1) AS first,
                 next_days_of_rule(s.frequency, s.every, s.weekdays, s.month_day, s.starts_on, s.ends_on,
                                   (now() AT TIME ZONE first.time_zone)::date, 5) AS next(day)),
        'created_by', json_user(s.org_id, s.created_by), 'version', s.version,
        'created_at', json_time(s.created_at), 'updated_at', json_time(s.updated_at));
