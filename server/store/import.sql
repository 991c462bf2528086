-- name: import_trial_begin
-- What comes after can be taken back as if it had not been.
SAVEPOINT import_trial;

-- name: import_trial_undo
ROLLBACK TO SAVEPOINT import_trial;
