-- Draws and assessments stand in the audit trail, too: with the plan, and with the visit.
CREATE FUNCTION audit_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'changed', 'sampling_plan', NEW.plan_id,
        (SELECT p.name FROM sampling_plan p WHERE p.org_id = NEW.org_id AND p.id = NEW.plan_id),
        jsonb_build_array(jsonb_build_object('field', 'drawn_period', 'from', NULL, 'to', NEW.starts_on::text)));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT ON sampling_draw FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_draw();

CREATE FUNCTION audit_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'reviewed', 'visit', NEW.visit_id, visit_label(NEW.org_id, NEW.visit_id),
        jsonb_build_array(jsonb_build_object('field', 'assessment', 'from', NULL, 'to', left(
            (SELECT string_agg(format('%s: %s', entry ->> 'name', coalesce(entry ->> 'score', '–')), ', ' ORDER BY place)
             FROM jsonb_array_elements(NEW.scores) WITH ORDINALITY AS scored(entry, place)), 1000))));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT ON sampling_assessment FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_assessment();
