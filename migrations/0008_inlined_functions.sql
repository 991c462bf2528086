-- json_build_object is only stable, and PostgreSQL does not make a function part of the query that calls
-- it when the function promises more than its body: these were set up anew at every call.
ALTER FUNCTION json_position(double precision, double precision) STABLE;
ALTER FUNCTION json_findings(jsonb, text) STABLE;
ALTER FUNCTION json_size(integer, integer) STABLE;
ALTER FUNCTION json_device(jsonb) STABLE;
