-- A draw is shown without comparing the visits of its period one by one with its candidates: how fast that was depended
-- on what PostgreSQL knew of a table that had just grown.
CREATE OR REPLACE FUNCTION sampling_draw_json(d sampling_draw, p sampling_plan) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (sampling_draw_summary_json(d)::jsonb || jsonb_build_object(
        'plan', json_build_object('id', p.id, 'name', p.name, 'visits', p.visits, 'per', p.per,
                                  'weighting', p.weighting, 'public_source', p.public_source),
        'commitment', encode(p.commitment, 'hex'), 'committed_at', json_time(p.created_at),
        'is_committed_before', p.created_at <= d.starts_at,
        'secret', encode(d.secret, 'hex'), 'public_value', d.public_value,
        'candidates_sha256', encode(d.candidates_sha256, 'hex'), 'seed', encode(d.seed, 'hex'),
        'came_later', (SELECT greatest(0, count(*) - d.candidates) FROM visit v
                       WHERE v.org_id = d.org_id AND v.first_seen_at >= d.starts_at
                         AND v.first_seen_at < d.ends_at),
        'technicians', sampling_results_json(d, false), 'teams', sampling_results_json(d, true),
        'criteria', sampling_criteria_json(d)))::json;

-- The list picks its page first and only then looks at the visits.
DROP VIEW sampling_drawn_visit;
