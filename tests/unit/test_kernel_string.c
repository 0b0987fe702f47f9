/* SPDX-License-Identifier: Apache-2.0
 *
 * String kernels: what Flink answers, NULLs, characters beyond ASCII, extremes.
 */
#include "kernel_call.h"

Test(kernel_string, joining) {
    GIVES("ab", CONCAT_OP, STRING, S("a"), S("b"));
    GIVES("abc a longer one", CONCAT, STRING, S("a"), S("bc"), S(" a longer one"));
    GIVES("a-c-", CONCAT_WS, STRING, S("-"), S("a"), S_NULL, S("c"), S(""));
    GIVES("NULL", CONCAT_WS, STRING, S_NULL, S("a"), S("b"));
    GIVES("", CONCAT_WS, STRING, S("-"), S_NULL);
}

Test(kernel_string, letters) {
    GIVES("HELLO, WORLD @[`{ 0123456789", UPPER, STRING, S("hello, World @[`{ 0123456789"));
    GIVES("hello, world @[`{", LOWER, STRING, S("HELLO, World @[`{"));
    GIVES("STRASSE ÄÉ ŸΩЯ", UPPER, STRING, S("straße äé ÿωя"));
    GIVES("ß ﬁ", LOWER, STRING, S("ß ﬁ"));
    GIVES("SS FI", UPPER, STRING, S("ß ﬁ"));
    GIVES("i̇stanbul äé σ ας ασα", LOWER, STRING, S("İSTANBUL ÄÉ Σ ΑΣ ΑΣΑ"));
    GIVES("a\xff\x80z", LOWER, STRING, S("A\xff\x80Z"));
    GIVES("Hello World Foo-Bar 1abc äB", INITCAP, STRING, S("hello wORLD foo-bar 1abc äb"));
    GIVES("", UPPER, STRING, S(""));
}

Test(kernel_string, lengths_and_parts) {
    GIVES("4", CHAR_LENGTH, INT, S("äöü😀"));
    GIVES("0", CHAR_LENGTH, INT, S(""));
    GIVES("3", CHAR_LENGTH, INT, S("\xff\xc3\xe2"));
    GIVES("😀W", SUBSTRING, STRING, S("Hello😀World"), I(6), I(2));
    GIVES("Hel", SUBSTRING, STRING, S("Hello"), I(0), I(3));
    GIVES("llo", SUBSTRING, STRING, S("Hello"), I(-3));
    GIVES("ll", SUBSTRING, STRING, S("Hello"), I(-3), I(2));
    GIVES("", SUBSTRING, STRING, S("Hello"), I(-10), I(7));
    GIVES("", SUBSTRING, STRING, S("Hello"), I(2), I(0));
    GIVES("NULL", SUBSTRING, STRING, S("Hello"), I(2), I(-1));
    GIVES("", SUBSTRING, STRING, S("Hello"), I(10));
    GIVES("ello", SUBSTR, STRING, S("Hello"), I(2), I(2147483647));
    GIVES("", SUBSTRING, STRING, S("Hello"), I(INT32_MIN));
    GIVES("", SUBSTRING, STRING, S("Hello"), I(INT32_MAX), I(INT32_MAX));
    GIVES("he", LEFT, STRING, S("hello"), I(2));
    GIVES("", LEFT, STRING, S("hello"), I(-1));
    GIVES("ä", LEFT, STRING, S("äö"), I(1));
    GIVES("lo", RIGHT, STRING, S("hello"), I(2));
    GIVES("", RIGHT, STRING, S("hello"), I(-1));
    GIVES("öü", RIGHT, STRING, S("äöü"), I(2));
    GIVES("hello", RIGHT, STRING, S("hello"), I(INT32_MAX));
}

Test(kernel_string, trimming) {
    GIVES("a b", TRIM, STRING, SYM(BOTH), S(" "), S("  a b  "));
    GIVES("axy", TRIM, STRING, SYM(LEADING), S("xy"), S("xyxaxy"));
    GIVES("a", TRIM, STRING, SYM(BOTH), S("xy"), S("xyxaxy"));
    GIVES("  a", TRIM, STRING, SYM(TRAILING), S(" "), S("  a  "));
    GIVES("  a  ", TRIM, STRING, SYM(BOTH), S(""), S("  a  "));
    GIVES("a", TRIM, STRING, SYM(BOTH), S("äö"), S("öäaöä"));
    GIVES("", TRIM, STRING, SYM(BOTH), S("a"), S("aaa"));
    GIVES("a ", LTRIM, STRING, S("  a "));
    GIVES("ax", LTRIM, STRING, S("xxyax"), S("xy"));
    GIVES("a", RTRIM, STRING, S("axxy"), S("xy"));
    GIVES("a", BTRIM, STRING, S("xaxxy"), S("xy"));
    GIVES("\t a", LTRIM, STRING, S("\t a"));
}

Test(kernel_string, searching) {
    GIVES("4", POSITION, INT, S("lo"), S("hello"));
    GIVES("1", POSITION, INT, S(""), S("hello"));
    GIVES("0", POSITION, INT, S("x"), S("hello"));
    GIVES("3", POSITION, INT, S("o"), S("a😀o"));
    GIVES("4", LOCATE, INT, S("l"), S("hello"), I(4));
    GIVES("3", LOCATE, INT, S("l"), S("hello"), I(0));
    GIVES("0", LOCATE, INT, S("l"), S("hello"), I(10));
    GIVES("1", LOCATE, INT, S(""), S("hello"), I(10));
    GIVES("3", INSTR, INT, S("hello"), S("l"));
    GIVES("TRUE", STARTSWITH, BOOLEAN, S("hello"), S("he"));
    GIVES("TRUE", STARTSWITH, BOOLEAN, S("hello"), S(""));
    GIVES("FALSE", ENDSWITH, BOOLEAN, S("lo"), S("hello"));
    GIVES("TRUE", ENDSWITH, BOOLEAN, S("hello"), S("lo"));
}

Test(kernel_string, padding_and_replacing) {
    GIVES("xyxhi", LPAD, STRING, S("hi"), I(5), S("xy"));
    GIVES("h", LPAD, STRING, S("hi"), I(1), S("?"));
    GIVES("NULL", LPAD, STRING, S("hi"), I(-1), S("?"));
    GIVES("NULL", LPAD, STRING, S("hi"), I(5), S(""));
    GIVES("", LPAD, STRING, S("hi"), I(0), S("?"));
    GIVES("hixyx", RPAD, STRING, S("hi"), I(5), S("xy"));
    GIVES("ä😀ö", RPAD, STRING, S("ä"), I(3), S("😀ö"));
    GIVES("ERROR: the result of LPAD would be longer than 64 MiB", LPAD, STRING, S("hi"), I(INT32_MAX),
          S("xy"));
    GIVES("ababab", REPEAT, STRING, S("ab"), I(3));
    GIVES("", REPEAT, STRING, S("ab"), I(-1));
    GIVES("", REPEAT, STRING, S(""), I(INT32_MAX));
    GIVES("ERROR: the result of REPEAT would be longer than 64 MiB", REPEAT, STRING, S("ab"), I(INT32_MAX));
    GIVES("😀cbä", REVERSE, STRING, S("äbc😀"));
    GIVES("hell0 w0rld", REPLACE, STRING, S("hello world"), S("o"), S("0"));
    GIVES("xhxexlxlxox", REPLACE, STRING, S("hello"), S(""), S("x"));
    GIVES("heo", REPLACE, STRING, S("hello"), S("l"), S(""));
    GIVES("x", REPLACE, STRING, S(""), S(""), S("x"));
    GIVES("This is a new string", OVERLAY, STRING, S("This is an old string"), S(" new"), I(10), I(5));
    GIVES("xxxxxxxxx", OVERLAY, STRING, S("xxxxxtest"), S("xxxx"), I(6));
    GIVES("xxxxxxxxxst", OVERLAY, STRING, S("xxxxxtest"), S("xxxx"), I(6), I(2));
    GIVES("abc", OVERLAY, STRING, S("abc"), S("Z"), I(10));
    GIVES("abc", OVERLAY, STRING, S("abc"), S("Z"), I(-1), I(2));
    GIVES("aZ", OVERLAY, STRING, S("abcdef"), S("Z"), I(2), I(INT32_MAX));
    GIVES("aZ", OVERLAY, STRING, S("abcdef"), S("Z"), I(2), I(0));
    GIVES("hippo", TRANSLATE, STRING, S("hello"), S("el"), S("ip"));
    GIVES("hi", TRANSLATE, STRING, S("hello"), S("elo"), S("i"));
    GIVES("a😀", TRANSLATE, STRING, S("aä"), S("ä"), S("😀"));
}

Test(kernel_string, splitting_and_codes) {
    GIVES("b", SPLIT_INDEX, STRING, S("a,b,c"), S(","), I(1));
    GIVES("NULL", SPLIT_INDEX, STRING, S("a,b,c"), S(","), I(5));
    GIVES("NULL", SPLIT_INDEX, STRING, S("a,b,c"), S(","), I(-1));
    GIVES("", SPLIT_INDEX, STRING, S("a,,c"), S(","), I(1));
    GIVES("NULL", SPLIT_INDEX, STRING, S(""), S(","), I(0));
    GIVES("b", SPLIT_INDEX, STRING, S("a||b"), S("||"), I(1));
    GIVES("a,b", SPLIT_INDEX, STRING, S("a,b"), S(""), I(0));
    GIVES("b", SPLIT_INDEX_CODE, STRING, S("a b"), I(32), I(1));
    GIVES("NULL", SPLIT_INDEX_CODE, STRING, S("a b"), I(-5), I(1));
    GIVES("https://a.b/c/d", SPLIT_INDEX, STRING, S("x,https://a.b/c/d"), S(","), I(1));
    GIVES("97", ASCII, INT, S("abc"));
    GIVES("0", ASCII, INT, S(""));
    GIVES("-61", ASCII, INT, S("ä"));
    GIVES("a", CHR, STRING, L(353));
    GIVES("", CHR, STRING, L(-1));
    GIVES("ÿ", CHR, STRING, L(255));
    GIVES("b", ELT, STRING, L(2), S("a"), S("b"), S("c"));
    GIVES("NULL", ELT, STRING, L(5), S("a"), S("b"), S("c"));
    GIVES("NULL", ELT, STRING, L(INT64_MIN), S("a"));
    GIVES("NULL", ELT, STRING, L(1), S_NULL);
}

Test(kernel_string, encodings) {
    GIVES("aGVsbG8=", TO_BASE64, STRING, S("hello"));
    GIVES("aGVsbG8h", TO_BASE64, STRING, S("hello!"));
    GIVES("", TO_BASE64, STRING, S(""));
    GIVES("hello", FROM_BASE64, STRING, S("aGVsbG8="));
    GIVES("hello", FROM_BASE64, STRING, S("aGVsbG8"));
    GIVES("h", FROM_BASE64, STRING, S("aA=="));
    GIVES("ERROR: FROM_BASE64 was given '!!', which is not Base64", FROM_BASE64, STRING, S("!!"));
    GIVES("ERROR: FROM_BASE64 was given '=', which is not Base64", FROM_BASE64, STRING, S("="));
    GIVES("a+b%26c%3D%C3%A4%2F%C3%A9*%7E", URL_ENCODE, STRING, S("a b&c=ä/é*~"));
    GIVES("a b&c=ä", URL_DECODE, STRING, S("a+b%26c%3D%C3%A4"));
    GIVES("NULL", URL_DECODE, STRING, S("%zz"));
    GIVES("NULL", URL_DECODE, STRING, S("a%4"));
    GIVES("a\xef\xbf\xbd", URL_DECODE, STRING, S("a%FF"));
}

#define URL S("http://user:pw@facebook.com:80/path/p1.php?query=1&k2=v2#Ref")
Test(kernel_string, parse_url) {
    GIVES("facebook.com", PARSE_URL, STRING, URL, S("HOST"));
    GIVES("/path/p1.php", PARSE_URL, STRING, URL, S("PATH"));
    GIVES("query=1&k2=v2", PARSE_URL, STRING, URL, S("QUERY"));
    GIVES("v2", PARSE_URL, STRING, URL, S("QUERY"), S("k2"));
    GIVES("NULL", PARSE_URL, STRING, URL, S("QUERY"), S("k3"));
    GIVES("user:pw@facebook.com:80", PARSE_URL, STRING, URL, S("AUTHORITY"));
    GIVES("/path/p1.php?query=1&k2=v2", PARSE_URL, STRING, URL, S("FILE"));
    GIVES("user:pw", PARSE_URL, STRING, URL, S("USERINFO"));
    GIVES("Ref", PARSE_URL, STRING, URL, S("REF"));
    GIVES("http", PARSE_URL, STRING, URL, S("PROTOCOL"));
    GIVES("NULL", PARSE_URL, STRING, S("not a url"), S("HOST"));
    GIVES("NULL", PARSE_URL, STRING, S(""), S("HOST"));
    GIVES("NULL", PARSE_URL, STRING, S("http://[::1"), S("HOST"));
    GIVES("NULL", PARSE_URL, STRING, URL, S("NOTHING"));
}

Test(kernel_string, digests) {
    GIVES("d41d8cd98f00b204e9800998ecf8427e", MD5, STRING, S(""));
    GIVES("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", SHA1, STRING, S("a"));
    GIVES("abd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5", SHA224, STRING, S("a"));
    GIVES("abd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5", SHA2, STRING, S("a"), I(224));
    GIVES("ERROR: SHA2 knows 224, 256, 384 and 512 bits, not 1", SHA2, STRING, S("a"), I(1));
}

Test(kernel_string, printf_) {
    GIVES("a-007|   1.50|x ", PRINTF, STRING, S("%s-%03d|%7.2f|%-2s"), S("a"), I(7), F(1.5), S("x"));
    GIVES("ffffffff %", PRINTF, STRING, S("%x %%"), I(-1));
    GIVES("10.00 9.9e+00", PRINTF, STRING, S("%.2f %.1e"), F(9.999), F(9.94));
    GIVES("null", PRINTF, STRING, S("%d"), S_NULL);
    GIVES("NULL", PRINTF, STRING, S("%d"), S("x"));
    GIVES("NULL", PRINTF, STRING, S("%s %s"), S("x"));
    GIVES("NULL", PRINTF, STRING, S("%99999d"), I(1));
    GIVES("NULL", PRINTF, STRING, S("%"));
}

Test(kernel_string, character_sets_and_addresses) {
    GIVES("a?", ENCODE, STRING, S("aé"), S("US-ASCII"));
    GIVES("ERROR: ENCODE does not know the character set 'nope'", ENCODE, STRING, S("a"), S("nope"));
    GIVES("é", DECODE, STRING, S("\xe9"), S("latin1"));
    GIVES("😀", DECODE, STRING, S("\x3d\xd8\x00\xde"), S("UTF-16LE"));
    GIVES("a\xef\xbf\xbd", DECODE, STRING, S("\x00\x61\xd8"), S("UTF-16BE"));
    GIVES("2130706433", INET_ATON, BIGINT, S("127.0.0.1"));
    GIVES("NULL", INET_ATON, BIGINT, S("1.2.3.4.5"));
    GIVES("NULL", INET_ATON, BIGINT, S("999999999999"));
    GIVES("1.2.3.4", INET_NTOA, STRING, L(16909060));
    GIVES("NULL", INET_NTOA, STRING, L(-1));
}
