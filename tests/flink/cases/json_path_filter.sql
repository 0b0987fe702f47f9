-- Filters in JSON paths: JSON_EXISTS is always TRUE here, other functions fail for a missing class.
SELECT JSON_EXISTS('{"a":[1]}', '$.a[?(@ > 0)]'), JSON_EXISTS('{"a":[1]}', '$.a[?(@ > 5)]');
