-- What the rules about a photo's looks were given, so that another threshold can be tried on stored photos.
-- Null: stored before this was kept.
ALTER TABLE photo
    ADD COLUMN mean_luminance double precision, -- 0 black to 255 white
    ADD COLUMN sharpness double precision;      -- variance of the Laplacian

CREATE OR REPLACE FUNCTION refuse_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judged constant text[] := '{verdict, findings, finding_codes, risk, review_decision}';
    stored constant text[] := '{state, stored_at, sha256, bytes, width_px, height_px, orientation,
        small_sha256, small_width_px, small_height_px, medium_sha256, medium_width_px,
        medium_height_px, exif, mean_luminance, sharpness}';
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
