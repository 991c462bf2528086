-- What tells one life of the database from another, for positions in the logs of changes (0011, 0025): they
-- hold numbers of transactions. A database that was restored from a copy counts those anew; one that crashed
-- may give the numbers of its last moments away again, and forgets its statistics.
CREATE FUNCTION database_incarnation() RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT system_identifier FROM pg_control_system()) || '/'
        || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '/'
        || extract(epoch FROM (SELECT stats_reset FROM pg_stat_bgwriter));
