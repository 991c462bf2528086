-- fragment: import_outcome
-- An import inserts what is new, and says of each row what became of it: 'imported'; 'unchanged', there is one of this id
-- or key (code, barcode, number) with the same content; 'content_conflict', the id is taken; 'duplicate', the key is.
SELECT given.row, CASE
    WHEN inserted.id IS NOT NULL
     AND NOT EXISTS (SELECT FROM given AS earlier WHERE earlier.row < given.row
                     AND earlier.id = given.id AND earlier.key = given.key)
        THEN 'imported'
    WHEN decode(given.digest, 'hex') IN (of_id.content_sha256, of_key.content_sha256)
      OR EXISTS (SELECT FROM given AS earlier WHERE earlier.row < given.row
                 AND (earlier.id = given.id OR earlier.key = given.key)
                 AND earlier.digest = given.digest)
        THEN 'unchanged'
    WHEN of_id.key IS DISTINCT FROM given.key AND of_id.id IS NOT NULL
        THEN 'content_conflict'
    ELSE 'duplicate' END AS outcome
FROM given
LEFT JOIN inserted ON inserted.id = given.id AND inserted.key = given.key
LEFT JOIN present AS of_id ON of_id.id = given.id
LEFT JOIN present AS of_key ON of_key.key = given.key
ORDER BY given.row;
