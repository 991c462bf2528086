-- A window that begins at a time that the clock leaps over begins an hour later. Its end, which may stand behind
-- the leap, must not lie before it then: the window stays as long as its times say.
CREATE OR REPLACE FUNCTION window_end(day date, window_from time, window_to time, time_zone text) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE
        WHEN window_to > window_from AND (day + window_to) AT TIME ZONE time_zone <= (day + window_from) AT TIME ZONE time_zone
            THEN (day + window_from) AT TIME ZONE time_zone + (window_to - window_from)
        ELSE (day + CASE WHEN window_to > window_from THEN 0 ELSE 1 END + window_to) AT TIME ZONE time_zone END;
