-- Sampling plans: lots among visits that anybody can draw again, and what managers found in the visits drawn.
-- docs/sampling.md says how lots are drawn.

ALTER TABLE app_user ADD COLUMN team text CHECK (team <> '');

-- The rules of a plan never change: whoever could change them could choose. It can only be ended.
CREATE TABLE sampling_plan (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    name           text NOT NULL,
    visits         integer NOT NULL CHECK (visits BETWEEN 1 AND 100),
    per            text NOT NULL CHECK (per IN ('organisation', 'team', 'technician')),
    period         text NOT NULL CHECK (period IN ('week', 'month')),
    weighting      text NOT NULL CHECK (weighting IN ('even', 'risk')),
    public_source  text,                -- where the public randomness of each draw is to be read
    starts_on      date NOT NULL,       -- the first day of the first period
    time_zone      text NOT NULL,       -- whose days
    chain_root     bytea NOT NULL,      -- never leaves the server
    commitment     bytea NOT NULL,
    created_by     uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    ended_by       uuid,
    ended_at       timestamptz,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX sampling_plan_created ON sampling_plan (org_id, created_at DESC, id);
CREATE INDEX sampling_plan_created_by ON sampling_plan (org_id, created_by);
CREATE INDEX sampling_plan_ended_by ON sampling_plan (org_id, ended_by) WHERE ended_by IS NOT NULL;

-- The draw of one period. It happens once and never changes.
CREATE TABLE sampling_draw (
    org_id            uuid NOT NULL,
    id                uuid NOT NULL,
    plan_id           uuid NOT NULL,
    period_number     integer NOT NULL, -- from 1
    starts_on         date NOT NULL,
    ends_on           date NOT NULL,    -- the first day after it
    starts_at         timestamptz NOT NULL,
    ends_at           timestamptz NOT NULL,
    secret            bytea NOT NULL,
    public_value      text,
    candidates        integer NOT NULL,
    candidates_sha256 bytea NOT NULL,
    seed              bytea NOT NULL,
    drawn_by          uuid NOT NULL,
    drawn_at          timestamptz NOT NULL DEFAULT now(),
    content_sha256    bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX sampling_draw_period ON sampling_draw (org_id, plan_id, period_number);
CREATE INDEX sampling_draw_drawn_by ON sampling_draw (org_id, drawn_by);

-- Every visit of the period, drawn or not.
CREATE TABLE sampling_candidate (
    org_id        uuid NOT NULL,
    draw_id       uuid NOT NULL,
    visit_id      uuid NOT NULL,
    technician_id uuid NOT NULL,
    team          text,              -- the technician's when it was drawn
    stratum       text NOT NULL,     -- whose lots: a team, a technician's id, or empty
    weight        integer NOT NULL,
    sha256        bytea NOT NULL,    -- of the visit's evidence when it was drawn
    draw_key      bigint NOT NULL,
    place         integer NOT NULL,
    is_drawn      boolean NOT NULL,
    assessment_id uuid,              -- the latest
    score         double precision,  -- its mean
    PRIMARY KEY (org_id, draw_id, visit_id)
);
CREATE INDEX sampling_candidate_drawn ON sampling_candidate (org_id, draw_id, stratum, place) WHERE is_drawn;
CREATE INDEX sampling_candidate_visit ON sampling_candidate (org_id, visit_id) WHERE is_drawn;
CREATE INDEX sampling_candidate_technician ON sampling_candidate (org_id, technician_id);
CREATE INDEX sampling_candidate_assessment ON sampling_candidate (org_id, assessment_id)
    WHERE assessment_id IS NOT NULL;

-- What a manager found in a visit that was drawn. Only ever added to; the latest counts.
CREATE TABLE sampling_assessment (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    draw_id        uuid NOT NULL,
    visit_id       uuid NOT NULL,
    scores         jsonb NOT NULL,   -- [{criterion_id, name, score, comment}], as the criteria were named then
    comment        text,
    assessed_by    uuid NOT NULL,
    assessed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX sampling_assessment_visit ON sampling_assessment (org_id, draw_id, visit_id, assessed_at);
CREATE INDEX sampling_assessment_assessed_by ON sampling_assessment (org_id, assessed_by);

ALTER TABLE sampling_plan
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, ended_by) REFERENCES app_user;
ALTER TABLE sampling_draw
    ADD FOREIGN KEY (org_id, plan_id) REFERENCES sampling_plan,
    ADD FOREIGN KEY (org_id, drawn_by) REFERENCES app_user;
ALTER TABLE sampling_candidate
    ADD FOREIGN KEY (org_id, draw_id) REFERENCES sampling_draw,
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, technician_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, assessment_id) REFERENCES sampling_assessment;
ALTER TABLE sampling_assessment
    ADD FOREIGN KEY (org_id, draw_id, visit_id) REFERENCES sampling_candidate (org_id, draw_id, visit_id),
    ADD FOREIGN KEY (org_id, assessed_by) REFERENCES app_user;

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['sampling_plan', 'sampling_draw', 'sampling_candidate',
                                      'sampling_assessment'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT ON sampling_plan, sampling_draw, sampling_candidate, sampling_assessment TO fieldproof;
GRANT UPDATE (ended_by, ended_at) ON sampling_plan TO fieldproof;
GRANT UPDATE (assessment_id, score) ON sampling_candidate TO fieldproof;

-- The first day of a plan's period, counted from 1.
CREATE FUNCTION sampling_period_start(p sampling_plan, number integer) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (p.starts_on + (number - 1) * CASE p.period WHEN 'week' THEN interval '7 days'
                                                       ELSE interval '1 month' END)::date;

-- The next period to be drawn. Periods are drawn in their order; one that begins after the plan's end is none.
CREATE FUNCTION sampling_next_period(p sampling_plan) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(max(d.period_number), 0) + 1 FROM sampling_draw d
            WHERE d.org_id = p.org_id AND d.plan_id = p.id);

CREATE FUNCTION sampling_day_start(p sampling_plan, day date) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN day::timestamp AT TIME ZONE p.time_zone;

CREATE FUNCTION sampling_period_json(p sampling_plan, number integer) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN p.ended_at <= sampling_day_start(p, sampling_period_start(p, number)) THEN NULL
                ELSE json_build_object(
                    'number', number, 'starts_on', sampling_period_start(p, number),
                    'ends_on', sampling_period_start(p, number + 1) - 1,
                    'is_over', now() >= sampling_day_start(p, sampling_period_start(p, number + 1))) END;

-- How far the visits drawn have been assessed, in figures.
CREATE FUNCTION sampling_progress_json(of_org_id uuid, of_draw_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT json_build_object('drawn', count(*), 'assessed', count(c.assessment_id),
                                     'score', avg(c.score))
            FROM sampling_candidate c
            WHERE c.org_id = of_org_id AND c.draw_id = of_draw_id AND c.is_drawn);

CREATE FUNCTION sampling_draw_summary_json(d sampling_draw) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', d.id, 'period_number', d.period_number, 'starts_on', d.starts_on, 'ends_on', d.ends_on - 1,
        'drawn_by', json_user(d.org_id, d.drawn_by), 'drawn_at', json_time(d.drawn_at),
        'candidates', d.candidates, 'progress', sampling_progress_json(d.org_id, d.id));

CREATE FUNCTION sampling_plan_json(p sampling_plan) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', p.id, 'name', p.name, 'visits', p.visits, 'per', p.per, 'period', p.period,
        'weighting', p.weighting, 'public_source', p.public_source, 'starts_on', p.starts_on,
        'time_zone', p.time_zone, 'commitment', encode(p.commitment, 'hex'),
        'created_by', json_user(p.org_id, p.created_by), 'created_at', json_time(p.created_at),
        'ended_at', json_time(p.ended_at),
        'next_period', sampling_period_json(p, sampling_next_period(p)),
        'last_draw', (SELECT sampling_draw_summary_json(d) FROM sampling_draw d
                      WHERE d.org_id = p.org_id AND d.plan_id = p.id
                      ORDER BY d.period_number DESC LIMIT 1));

CREATE FUNCTION sampling_assessment_json(a sampling_assessment) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', a.id, 'draw_id', a.draw_id, 'visit_id', a.visit_id, 'scores', a.scores, 'comment', a.comment,
        'assessed_by', json_user(a.org_id, a.assessed_by), 'assessed_at', json_time(a.assessed_at));

-- Results by whoever `subject` names: rows of technicians or of teams.
CREATE FUNCTION sampling_results_json(d sampling_draw, by_team boolean) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(json_agg(json_build_object(
                'technician', CASE WHEN NOT by_team THEN json_user(d.org_id, technician_id) END,
                'team', team, 'drawn', drawn, 'assessed', assessed, 'score', score)
                ORDER BY score, team, technician_id), '[]')
            FROM (SELECT CASE WHEN NOT by_team THEN c.technician_id END AS technician_id, c.team,
                         count(*) AS drawn, count(c.assessment_id) AS assessed, avg(c.score) AS score
                  FROM sampling_candidate c
                  WHERE c.org_id = d.org_id AND c.draw_id = d.id AND c.is_drawn
                  GROUP BY 1, 2) AS results);

-- Mean of each criterion over the latest assessments, by the criterion's id; named as it was named last.
CREATE FUNCTION sampling_criteria_json(d sampling_draw) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT coalesce(json_agg(json_build_object('criterion_id', id, 'name', name, 'scored', scored,
                                                       'score', score) ORDER BY score, id), '[]')
            FROM (SELECT entry ->> 'criterion_id' AS id,
                         (array_agg(entry ->> 'name' ORDER BY a.assessed_at DESC))[1] AS name,
                         count((entry ->> 'score')::integer) AS scored,
                         avg((entry ->> 'score')::integer)::double precision AS score
                  FROM sampling_candidate c
                  JOIN sampling_assessment a ON a.org_id = c.org_id AND a.id = c.assessment_id
                  CROSS JOIN LATERAL jsonb_array_elements(a.scores) AS entry
                  WHERE c.org_id = d.org_id AND c.draw_id = d.id AND c.is_drawn
                  GROUP BY 1) AS criteria);

CREATE FUNCTION sampling_draw_json(d sampling_draw, p sampling_plan) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (sampling_draw_summary_json(d)::jsonb || jsonb_build_object(
        'plan', json_build_object('id', p.id, 'name', p.name, 'visits', p.visits, 'per', p.per,
                                  'weighting', p.weighting, 'public_source', p.public_source),
        'commitment', encode(p.commitment, 'hex'), 'committed_at', json_time(p.created_at),
        'is_committed_before', p.created_at <= d.starts_at,
        'secret', encode(d.secret, 'hex'), 'public_value', d.public_value,
        'candidates_sha256', encode(d.candidates_sha256, 'hex'), 'seed', encode(d.seed, 'hex'),
        'came_later', (SELECT count(*) FROM visit v
                       WHERE v.org_id = d.org_id AND v.first_seen_at >= d.starts_at
                         AND v.first_seen_at < d.ends_at
                         AND NOT EXISTS (SELECT FROM sampling_candidate c WHERE c.org_id = d.org_id
                                           AND c.draw_id = d.id AND c.visit_id = v.id)),
        'technicians', sampling_results_json(d, false), 'teams', sampling_results_json(d, true),
        'criteria', sampling_criteria_json(d)))::json;

-- A visit that was drawn. A view, because its parts are then one plan.
CREATE VIEW sampling_drawn_visit WITH (security_invoker = true) AS
SELECT c.org_id, c.draw_id, c.visit_id, c.stratum, c.place, c.assessment_id,
       json_build_object(
           'visit', v.json, 'team', c.team, 'weight', c.weight, 'place', c.place,
           'assessment', (SELECT sampling_assessment_json(a) FROM sampling_assessment a
                          WHERE a.org_id = c.org_id AND a.id = c.assessment_id)) AS json
FROM sampling_candidate c
JOIN visit_summary v ON v.org_id = c.org_id AND v.id = c.visit_id
WHERE c.is_drawn;
GRANT SELECT ON sampling_drawn_visit TO fieldproof;
