-- Constant patterns that are no regular expression: NULL and FALSE here.
SELECT REGEXP_EXTRACT('foothebar', '(', 0), REGEXP('foobar', '(');
