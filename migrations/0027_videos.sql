-- Videos are evidence as photos are. A row says what was announced; the thumbnails of a video are those of one
-- of its pictures, and its looks are not judged: mean_luminance and sharpness stay null.
--
-- Functions use the row's type, so a column can be added only without a default.
ALTER TABLE photo
    ADD COLUMN media text CHECK (media IN ('photo', 'video')),
    ADD COLUMN duration_ms bigint CHECK (duration_ms >= 0); -- of a video whose file says it
ALTER TABLE photo NO FORCE ROW LEVEL SECURITY;
ALTER TABLE photo DISABLE TRIGGER photo_stored_is_final;
UPDATE photo SET media = 'photo';
ALTER TABLE photo ENABLE TRIGGER photo_stored_is_final;
ALTER TABLE photo FORCE ROW LEVEL SECURITY;
ALTER TABLE photo ALTER COLUMN media SET DEFAULT 'photo', ALTER COLUMN media SET NOT NULL;

CREATE OR REPLACE FUNCTION refuse_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judged constant text[] := '{verdict, findings, finding_codes, risk, review_decision}';
    stored constant text[] := '{state, stored_at, sha256, bytes, width_px, height_px, orientation,
        small_sha256, small_width_px, small_height_px, medium_sha256, medium_width_px,
        medium_height_px, exif, mean_luminance, sharpness, duration_ms}';
    may_change text[] := judged;
BEGIN
    IF OLD.state = 'awaited' THEN
        may_change := judged || stored;
    END IF;
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a photo never changes'
            USING ERRCODE = 'check_violation', TABLE = 'photo', CONSTRAINT = 'photo_stored_is_final';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION photo_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', p.id, 'check_in_id', p.check_in_id, 'visit_id', p.visit_id, 'site_id', p.site_id,
        'technician_id', p.user_id, 'role', p.role, 'media', p.media, 'work_order_id', p.work_order_id,
        'retake_of', p.retake_of, 'caption', p.caption, 'captured_at', json_time(p.captured_at),
        'state', p.state,
        'receipt', CASE WHEN p.state = 'stored' THEN
            json_build_object('sha256', encode(p.sha256, 'hex'), 'bytes', p.bytes,
                              'stored_at', json_time(p.stored_at)) END,
        'original', CASE WHEN p.orientation >= 5 -- lying on its side in the file
            THEN json_size(p.height_px, p.width_px) ELSE json_size(p.width_px, p.height_px) END,
        'medium', json_size(p.medium_width_px, p.medium_height_px),
        'small', json_size(p.small_width_px, p.small_height_px), 'duration_ms', p.duration_ms,
        'exif', p.exif - 'camera', 'verdict', p.verdict,
        'findings', json_findings(p.findings, language), 'review_decision', p.review_decision);

-- Who asked for photos is not answered by a video.
CREATE OR REPLACE VIEW checklist_item_answer WITH (security_invoker = true) AS
SELECT item.org_id, item.id, v.visit_id
FROM checklist_item item
JOIN visit_work_order v ON v.org_id = item.org_id AND v.work_order_id = item.work_order_id
WHERE CASE item.kind
      WHEN 'photo' THEN EXISTS (
          SELECT FROM photo p
          WHERE p.org_id = v.org_id AND p.visit_id = v.visit_id AND p.state = 'stored'
            AND p.media = 'photo'
            AND (p.review_decision IS NULL OR p.review_decision = 'approve')
            AND (item.photo_role IS NULL OR p.role = item.photo_role)
            AND (p.work_order_id IS NULL OR p.work_order_id = item.work_order_id))
      ELSE EXISTS (
          SELECT FROM scan s
          WHERE s.org_id = v.org_id AND s.visit_id = v.visit_id
            AND CASE WHEN item.asset_id IS NULL THEN s.asset_id IS NOT NULL
                     ELSE s.asset_id = item.asset_id END)
      END;
