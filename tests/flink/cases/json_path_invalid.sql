-- Constant paths that are not valid: NULL here.
SELECT JSON_VALUE('{"a b":1}', '$.''a b'''), JSON_VALUE('{"a b":1}', '$."a b"'), JSON_VALUE('{"a":1}', '');
