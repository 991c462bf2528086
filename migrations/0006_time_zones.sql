-- A time zone that PostgreSQL does not know would make every check-in there fail. Only names of the
-- form Area/Place (and UTC): PostgreSQL also takes abbreviations and POSIX rules, which say nothing
-- about summer time, or anything at all ("Nowhere/Nothing5").
CREATE FUNCTION is_time_zone(name text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    PERFORM now() AT TIME ZONE name;
    RETURN name = 'UTC' OR name LIKE 'Etc/%' OR name ~ '^[A-Z][A-Za-z_]*(/[A-Za-z_-]+)+$';
EXCEPTION
    WHEN invalid_parameter_value THEN
        RETURN false;
END
$$;

ALTER TABLE organisation ADD CONSTRAINT organisation_time_zone_check CHECK (is_time_zone(time_zone));
ALTER TABLE site ADD CONSTRAINT site_time_zone_check CHECK (is_time_zone(time_zone));
