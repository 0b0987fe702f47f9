-- CSV options: delimiter, quote character, comments, escape character, array elements, NULL literal.
CREATE TABLE o (id INT, s STRING, arr ARRAY<STRING>, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/options.csv', 'format' = 'csv', 'csv.field-delimiter' = ';', 'csv.quote-character' = '''',
    'csv.allow-comments' = 'true', 'csv.array-element-delimiter' = ':', 'csv.null-literal' = 'nil', 'csv.escape-character' = '\');
SELECT * FROM o;
CREATE TABLE p (id STRING, s STRING)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/docs.csv', 'format' = 'csv', 'csv.field-delimiter' = '|', 'csv.disable-quote-character' = 'true');
SELECT * FROM p;
