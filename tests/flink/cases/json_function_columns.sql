-- JSON functions over a column with broken, empty and NULL documents.
CREATE TABLE docs (id INT, doc STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/docs.csv', 'format' = 'csv', 'csv.field-delimiter' = '|',
    'csv.disable-quote-character' = 'true', 'csv.null-literal' = '');
SELECT id, JSON_VALUE(doc, '$.user.name') AS n, JSON_VALUE(doc, 'lax $.user.age') AS a, JSON_VALUE(doc, '$.score') AS s, JSON_VALUE(doc, '$.tags[0]') AS t FROM docs;
SELECT id, JSON_VALUE(doc, 'lax $.user.name' DEFAULT 'empty' ON EMPTY DEFAULT 'error' ON ERROR) AS n FROM docs;
SELECT id, JSON_VALUE(doc, 'strict $.user.name' DEFAULT 'empty' ON EMPTY DEFAULT 'error' ON ERROR) AS n FROM docs;
SELECT id, JSON_QUERY(doc, '$.tags') AS t, JSON_QUERY(doc, '$.user' WITH CONDITIONAL WRAPPER) AS u, JSON_QUERY(doc, '$.tags' WITH WRAPPER) AS w FROM docs;
SELECT id, JSON_QUERY(doc, 'lax $.tags' EMPTY ARRAY ON EMPTY EMPTY OBJECT ON ERROR) AS t FROM docs;
SELECT id, JSON_EXISTS(doc, '$.user.age') AS e, JSON_EXISTS(doc, 'strict $.user.age' TRUE ON ERROR) AS f, doc IS JSON AS j, doc IS JSON OBJECT AS o FROM docs;
SELECT id FROM docs WHERE JSON_VALUE(doc, '$.user.name') = 'Ann';
