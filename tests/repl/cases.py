# SPDX-License-Identifier: Apache-2.0
"""What the prompt does, case by case; tests/repl/run calls each with a world of its own."""
import os
import stat

QUICK = ["a_query", "statements_over_lines", "errors_have_carets", "unknown_commands", "no_terminal"]

CLICKS = "CREATE TABLE clicks (id BIGINT, name STRING) WITH ('connector' = 'datagen', 'rows-per-second' = '200'" \
    ", 'fields.name.length' = '5');"
PLAYS = "CREATE TABLE plays (id BIGINT, country STRING, minutes INT) WITH ('connector' = 'filesystem', 'path' = 'rows.csv'," \
    " 'format' = 'csv', 'csv.ignore-parse-errors' = 'true');"
HOLE = "CREATE TABLE hole (id BIGINT, name STRING) WITH ('connector' = 'blackhole');"


def equal(got, wanted):
    if got != wanted:
        raise AssertionError(f"got:\n{got}\nwanted:\n{wanted}")


def holds(part, whole):
    if part not in whole:
        raise AssertionError(f"no {part!r} in:\n{whole}")


def lacks(part, whole):
    if part in whole:
        raise AssertionError(f"there is {part!r} in:\n{whole}")


# ---- statements ----

def case_a_query(w):
    t = w.start()
    t.run(".timer off")
    equal(t.run("SELECT 1 AS n, 'é' AS s, CAST(NULL AS INT) AS nothing;"), """\
┌───┬───┬─────────┐
│ n │ s │ nothing │
├───┼───┼─────────┤
│ 1 │ é │    NULL │
└───┴───┴─────────┘
1 row""")
    t.line(".quit")
    equal(t.end(), 0)


def case_statements_over_lines(w):
    t = w.start()
    t.run(".timer off")
    equal(t.run("SELECT 1", prompt="   -> "), "")
    equal(t.run("  AS a; SELECT 2 AS b; SELECT", prompt="   -> ").count("1 row"), 2)
    holds("│ 3 │", t.run("3 AS c;"))
    equal(t.run(";;"), "")




def case_errors_have_carets(w):
    t = w.start()
    equal(t.run("SELECT 1; SELECT UPPR('日本');").split("1 row")[1].split("\n", 1)[1], """\
error 42883: there is no function 'UPPR'
1 | SELECT 1; SELECT UPPR('日本');
  |                  ^^^^^^^^^^^^
hint: did you mean UPPER?""")
    # Of a line that is wider than the screen, the part around the place is shown.
    t.resize(60, 24)
    t.line("SELECT " + "1 + " * 40 + "oops;")
    t.wait_for("no column 'oops'")
    t.prompt()
    screen = t.screen.lines()
    caret = [i for i, line in enumerate(screen) if line.startswith("  | ")][-1]
    equal(screen[caret - 1][screen[caret].index("^"):][:4], "oops")


def case_an_error_ends_the_line(w):
    t = w.start()
    lacks("│ later │", t.run("SELECT nothing; SELECT 1 AS later;"))
    holds("42", t.run("SELECT 42;"))


def case_interrupts(w):
    t = w.start()
    t.send("SELECT oops")
    t.wait_for("oops")
    t.mark = len(t.screen.everything())
    t.send("\x03")
    t.wait_for(r"\^C")
    t.prompt()
    t.run("SELECT 1", prompt="   -> ")
    t.send("FROM")
    t.wait_for("FROM")
    t.mark = len(t.screen.everything())
    t.send("\x03")
    t.wait_for(r"\^C")
    t.prompt()
    holds("42", t.run("SELECT 42;"))
    t.send("\x04")
    equal(t.end(), 0)


# ---- results ----

def case_long_results_are_cut(w):
    w.write("n.csv", "".join(f"{n},text {n}\n" for n in range(5000)))
    t = w.start()
    t.run("CREATE TABLE n (n INT, s STRING) WITH ('connector' = 'filesystem', 'path' = 'n.csv', 'format' = 'csv');")
    t.run(".maxrows 4")
    t.run(".timer off")
    equal(t.run("SELECT * FROM n;"), """\
┌──────┬───────────┐
│ n    │ s         │
├──────┼───────────┤
│    0 │ text 0    │
│    1 │ text 1    │
│ … 4,996 rows not │
│ 4998 │ text 4998 │
│ 4999 │ text 4999 │
└──────┴───────────┘
5,000 rows (4 shown)""".replace("… 4,996 rows not │", "… 4,996 more     │"))
    holds("│ 2500 │ text 2500 │", t.run(".last"))
    t.run(".once out.csv")
    t.run(".last")
    equal(w.read("out.csv"), "n,s\n" + "".join(f"{n},text {n}\n" for n in range(5000)))
    holds("0 rows", t.run("SELECT * FROM n WHERE n < 0;"))


def case_wide_results_are_cut(w):
    t = w.start(columns=80)
    t.line("SELECT " + ", ".join(f"'value of column {i}' AS c{i}" for i in range(15)) + ";")
    t.wait_for(r"1 row, 15 columns \(\d+ shown\)")
    t.prompt()
    for line in t.screen.lines():
        if line.startswith("│"):
            holds("│ … │", line)
            equal(len(line) <= 80, True)
    t.run(".mode line")
    equal(t.run(".last").count("value of column"), 15)


def case_small_screens(w):
    t = w.start(columns=20, rows=5)
    t.line("SELECT 1 AS a, 'long text for it' AS b, 3 AS c;")
    t.wait_for("1 row")
    t.prompt()
    t.line(".help")
    t.prompt()
    t.line(".mode line")
    t.prompt()
    t.line("SELECT 'something that is long';")
    t.wait_for("1 row")
    t.line(".quit")
    equal(t.end(), 0)


def case_modes(w):
    t = w.start()
    t.run(PLAYS)
    t.run(".timer off")
    query = "SELECT country, SUM(minutes) AS m FROM plays GROUP BY country ORDER BY m;"
    holds("results are shown as csv", t.run(".mode csv"))
    equal(t.run(query), "country,m\nUS,3\nIN,19")
    t.run(".mode jsonl")
    equal(t.run(query), '{"op":"+I","row":{"country":"US","m":3}}\n{"op":"+I","row":{"country":"IN","m":19}}')
    t.run(".mode markdown")
    equal(t.run(query), "| country |  m |\n| --- | ---: |\n| US      |  3 |\n| IN      | 19 |\n2 rows"
          .replace("|  m |", "| m  |"))
    t.run(".mode line")
    equal(t.run(query), "country = US\n      m = 3\n\ncountry = IN\n      m = 19\n2 rows")
    equal(t.run(".last csv"), "country,m\nUS,3\nIN,19")
    holds("there is no mode 'xml'", t.run(".mode xml"))
    t.run(".mode table")
    t.run(".nullvalue -")
    holds("│     -  │".replace("  │", " │"), t.run("SELECT CAST(NULL AS INT) AS nulls;"))


def case_output(w):
    t = w.start()
    t.run(PLAYS)
    t.run(".output all.txt")
    t.run(".timer off")
    equal(t.run("SELECT id FROM plays;"), "3 rows in all.txt")
    equal(t.run("SELECT country FROM plays;"), "3 rows in all.txt")
    t.run(".output")
    holds("│ 12", t.run("SELECT MAX(minutes) AS most FROM plays;").replace("│   12", "│ 12"))
    equal(w.read("all.txt").count("3 rows"), 2)
    t.run(".once a.jsonl")
    t.run("SELECT id FROM plays;")
    equal(w.read("a.jsonl").count("\n"), 3)
    holds("cannot write /nowhere/x", t.run(".once /nowhere/x"))


def case_pager(w):
    t = w.start(PAGER="sed s/^/paged:/", rows=10)
    t.run(PLAYS)
    t.run(".pager on")
    lacks("paged", t.run("SELECT id FROM plays WHERE id = 1;"))
    equal(t.run("SELECT a.id, b.id FROM plays a CROSS JOIN plays b;").count("paged:│"), 10)


def case_explain_is_text(w):
    t = w.start()
    t.run(PLAYS)
    shown = t.run("EXPLAIN SELECT country, COUNT(*) FROM plays GROUP BY country;")
    lacks("┌", shown)
    holds("plays", shown)


# ---- commands ----

def case_unknown_commands(w):
    t = w.start()
    holds("there is no command .tabels\nhint: did you mean .tables?", t.run(".tabels"))
    holds("hint: .help lists all", t.run(".xyzzyxyzzy"))
    holds(".mode is used as: .mode [MODE]", t.run(".mode a b c"))
    holds(".m may be .manual .maxrows .maxwidth .mode", t.run(".m"))
    holds("timer is off", t.run(".tim off"))
    holds(".timer is on or off, not 'maybe'", t.run(".timer maybe"))
    holds("needs a number, not 'many'", t.run(".maxrows many"))


def case_help(w):
    t = w.start(rows=60)
    shown = t.run(".help")
    for name in (".tables", ".peek", ".once", ".quit"):
        holds(name, shown)
    holds("asks first if jobs run", t.run("help"))
    for line in shown.split("\n"):
        if line.startswith("."):
            holds(line.split()[0], t.run(".help " + line.split()[0]))


def case_catalog(w):
    t = w.start()
    t.run(PLAYS)
    t.run(CLICKS)
    t.run("CREATE VIEW longest AS SELECT * FROM plays WHERE minutes > 5;")
    shown = t.run(".tables")
    for name in ("plays", "clicks", "longest", "VIEW", "filesystem"):
        holds(name, shown)
    shown = t.run(".tables l*")
    holds("longest", shown)
    lacks("plays", shown)
    lacks("longest", t.run(".tables lick"))
    shown = t.run(".columns plays")
    holds("│ minutes", shown)
    holds("BIGINT", shown)
    holds("nowhere", t.run(".columns nowhere"))
    holds("CREATE TABLE", t.run(".schema plays"))
    holds("CREATE VIEW", t.run(".schema"))
    holds("UPPER(", t.run(".manual upper"))
    holds("did you mean UPPER", t.run(".manual uper"))


def case_peek(w):
    w.write("bad.csv", "1,IN,7\nx,US,3\n3,,12\n")
    t = w.start()
    t.run(PLAYS.replace("rows.csv", "bad.csv"))
    equal(t.run(".timer off"), ".timer is off")
    shown = t.run(".peek plays 2")
    holds("country  STRING = IN", shown)
    holds("id  BIGINT = 1", shown)
    t.run(CLICKS)
    holds("2 rows", t.run(".peek clicks 2"))


def case_read(w):
    w.write("good.sql", ".maxrows 7\nSELECT 1 AS a;\nSELECT 2 AS\nb")
    w.write("bad.sql", "SELECT 1 AS a;\n\nSELECT 2 AS b,\n  oops;\nSELECT 3 AS c;\n")
    w.write("command.sql", "-- nothing\nSELECT 1;\n.nonsense\n")
    w.write("loop.sql", ".read loop.sql\n")
    t = w.start()
    shown = t.run(".read good.sql")
    holds("│ b │", shown)
    holds("maxrows   7", t.run(".show").replace(".maxrows ", "maxrows "))
    shown = t.run(".read bad.sql")
    holds("--> bad.sql:4:3", shown)
    lacks("│ c │", shown)
    holds("command.sql:3: error: there is no command .nonsense", t.run(".read command.sql"))
    holds("files read each other", t.run(".read loop.sql"))
    holds("cannot open nowhere.sql", t.run(".read nowhere.sql"))


def case_shell_and_cd(w):
    os.mkdir(w.path("folder"))
    t = w.start()
    holds("plays.csv", t.run(".shell ls"))
    t.run(".cd folder")
    equal(t.run(".! pwd"), w.path("folder"))
    holds("exit status 3", t.run(".! exit 3"))
    holds("cannot go to /nowhere", t.run(".cd /nowhere"))


def case_edit(w):
    w.write("editor", "#!/bin/sh\necho 'SELECT 40 + 2' > \"$1\"\necho 'AS edited;' >> \"$1\"\n")
    os.chmod(w.path("editor"), 0o755)
    t = w.start(EDITOR=w.path("editor"), VISUAL=None)
    shown = t.run(".edit")
    holds("│ edited │", shown)
    holds("42", shown)


def case_settings(w):
    t = w.start()
    t.run("SET 'table.exec.state.ttl' = '1 h';")
    holds("table.exec.state.ttl", t.run(".settings"))
    t.run(".prompt 'sql: ' '.... '", prompt="sql: ")
    t.run("SELECT", prompt=".... ")


# ---- start ----

def case_init_file(w):
    w.write(".weirrc", ".maxrows 3\nCREATE VIEW v AS SELECT 1 AS one;\nSELECT oops;\n")
    t = w.start(wait=False)
    t.prompt()
    holds(".weirrc:3:8", t.screen.everything())
    holds("one", t.run("SELECT * FROM v;"))
    t = w.start("--no-rc")
    lacks("oops", t.screen.everything())
    w.write("other", "CREATE VIEW w AS SELECT 2 AS two;\n")
    t = w.start("--init", "other", "-D", "X=plays.csv")
    holds("two", t.run("SELECT * FROM w;"))
    holds("plays.csv", t.run("SELECT '${X}' AS x;"))


def case_no_terminal(w):
    r = w.pipe("SELECT 1 AS one;")
    equal((r.returncode, r.stdout, r.stderr), (0, '{"op":"+I","row":{"one":1}}\n', ""))
    r = w.pipe("SELECT 1 AS one;", "--format", "csv")
    equal(r.stdout, "one\n1\n")
    r = w.pipe("SELECT oops;")
    equal(r.returncode, 2)


def case_colours(w):
    t = w.start()
    t.run("SELECT oops;")
    equal({1, 31} <= t.screen.looks, True)
    t = w.start(NO_COLOR="1")
    t.run("SELECT oops;")
    t.run("SELECT CAST(NULL AS INT) AS n;")
    equal(t.screen.looks - {0}, set())


def case_dumb_terminals(w):
    t = w.start(TERM="dumb")
    holds("│ 1 │", t.run("SELECT 1 AS n;"))
    equal(t.screen.looks, set())
    t.run(CLICKS)
    t.line("SELECT id FROM clicks;")
    t.wait_for("Ctrl-C ends it")
    t.send("\x03")
    t.wait_for(r"rows \(\d+ shown\)|\d+ rows?")
    t.prompt()


def case_no_unicode(w):
    t = w.start(LANG="C", LC_ALL="C")
    t.run(".timer off")
    equal(t.run("SELECT 'né' AS s;"), """\
+---------+
| s       |
+---------+
| n\\u00E9 |
+---------+
1 row""")
    shown = t.run("SELECT 'é' AS s, oops;")
    holds("oops", shown)
    equal(all(ord(c) < 128 for c in shown), True)


def case_harmful_texts(w):
    w.write("harm.csv", "1,\x1b[2J\x1b]0;title\x07\n2,tab\there\n3,\u202eevil\n")
    t = w.start()
    t.run("CREATE TABLE harm (n INT, s STRING) WITH ('connector' = 'filesystem', 'path' = 'harm.csv', 'format' = 'csv');")
    shown = t.run("SELECT * FROM harm;")
    for text in ("\\x1B[2J\\x1B]0;title\\x07", "tab\\there", "\\u202Eevil"):
        holds(text, shown)
    w.write("number.csv", "\x1b[2J\n")
    t.run("CREATE TABLE num (n INT) WITH ('connector' = 'filesystem', 'path' = 'number.csv', 'format' = 'csv');")
    holds("[2J' is not a valid INT", t.run("SELECT n FROM num;"))


# ---- editing ----

UP, DOWN, LEFT, HOME = "\x1b[A", "\x1b[B", "\x1b[D", "\x01"


def case_history(w):
    t = w.start()
    t.run("SELECT 1 AS first;")
    t.run("SELECT 2", prompt="   -> ")
    t.run("AS second;")
    t.run("SELECT 2", prompt="   -> ")
    t.run("AS second;")
    t.line(".quit")
    equal(t.end(), 0)
    equal(w.read(".weir_history"), "SELECT 1 AS first;\nSELECT 2\\nAS second;\n.quit\n")
    equal(stat.S_IMODE(os.stat(w.path(".weir_history")).st_mode), 0o600)
    t = w.start()
    t.mark = len(t.screen.everything())
    t.send(UP + UP)
    t.wait_for("SELECT 2\n *AS second;")
    t.send("\r")
    t.wait_for("│ second │")
    t.prompt()
    t.mark = len(t.screen.everything())
    t.send("\x12first")
    t.wait_for("SELECT 1 AS first;")
    t.send("\r")
    t.wait_for("│ first │")
    t.prompt()
    # Another one at the same time adds to it.
    u = w.start()
    u.run("SELECT 3 AS other;")
    t.run("SELECT 4 AS mine;")
    holds("SELECT 3 AS other;\nSELECT 4 AS mine;\n", w.read(".weir_history"))


def case_editing_a_line(w):
    t = w.start()
    t.mark = len(t.screen.everything())
    t.send("SELECT '日本é' AS x" + LEFT + "name" + "\x05;")
    t.wait_for("namex;")
    t.send("\r")
    t.wait_for("│ 日本é │")
    t.prompt()
    t.resize(60, 20)
    t.mark = len(t.screen.everything())
    t.send("SELECT 'resized' AS y;")
    t.wait_for("resized")
    t.send("\r")
    t.wait_for("1 row")
    t.prompt()


def case_resize_in_a_line(w):
    t = w.start(columns=60, rows=10)
    t.mark = len(t.screen.everything())
    t.send("SELECT 'a text that is longer than one line of a small screen' AS , 1 AS n;" + LEFT * len(", 1 AS n;"))
    t.wait_for("1 AS n;")
    for columns, rows in ((30, 6), (8, 2), (100, 30)):
        t.mark = 0
        t.resize(columns, rows)
        t.send("x")
        t.wait_until(lambda: not t.read(0.2) or t.screen.x > 0, "screen")
    t.wait_for("AS xxx, 1 AS n;")
    t.send("\r")
    t.wait_for("│ xxx")
    t.prompt()


def case_completion(w):
    t = w.start()
    t.run(PLAYS)

    def complete(typed, wanted):
        t.mark = len(t.screen.everything())
        t.send(typed + "\t")
        t.wait_for(wanted)
        t.send("\x15")  # empties the line
        t.wait_until(lambda: t.at_prompt(), "empty line")

    complete(".tab", r"\.tables $|\.tables")
    complete(".mode mark", r"\.mode markdown")
    complete(".columns pl", r"\.columns plays")
    complete(".read pla", r"\.read plays\.csv")
    complete("SEL", "SELECT")
    complete("SELECT coun", "SELECT [cC][oO][uU][nN][tT]")
    complete("SELECT * FROM pl", "FROM plays")
    complete("SELECT minu\x01\x05", "minu")
    complete("CREATE TABLE t (a INT) WITH ('conn", "'connector'")
    # Several: what they have in common, then the list.
    t.mark = len(t.screen.everything())
    t.send(".max\t")
    t.wait_for(r"\.maxrows .*\n *\.maxwidth")
    t.send("\x15")
    t.mark = len(t.screen.everything())
    t.send("SELECT SUBST\t")
    t.wait_for(r"SUBSTR")


# ---- queries that do not end ----

def case_live_appends(w):
    t = w.start(columns=80, rows=24)
    t.run(CLICKS)
    t.line("SELECT id, name FROM clicks;")
    t.wait_for(r"^[5-9]\d\d rows")
    t.wait_until(lambda: any("events/s" in line for line in t.screen.lines()), "status line")
    lines = t.screen.lines()
    equal(len(lines) <= 24, True)
    holds("Ctrl-C ends it", lines[-2])
    holds("events/s", lines[-1])
    t.resize(50, 12)
    t.wait_until(lambda: len(t.screen.lines()) in (10, 11) and t.screen.lines()[0].startswith("┌"), "smaller table")
    t.resize(20, 5)
    t.wait_until(lambda: len(t.screen.lines()) == 2, "two lines")
    t.resize(80, 24)
    t.wait_until(lambda: len(t.screen.lines()) > 15 and t.screen.lines()[0].startswith("┌"), "larger table")
    t.send("\x03")
    t.wait_for(r"[\d,]+ rows \(40 shown\)")
    t.prompt()
    lacks("events/s", "\n".join(t.screen.lines()))
    t.wait_until(lambda: t.screen.visible, "cursor")
    holds("42", t.run("SELECT 42;"))


def case_live_updates(w):
    t = w.start(columns=80, rows=24)
    t.run(CLICKS)
    t.line("SELECT ABS(MOD(id, 3)) AS k, COUNT(*) AS n FROM clicks GROUP BY ABS(MOD(id, 3));")
    t.wait_for(r"│ +0 │ +\d\d\d │")
    keys = [line[2] for line in t.screen.lines() if line.startswith("│ ") and line[2].isdigit()]
    equal(sorted(keys), ["0", "1", "2"])
    t.wait_for("3 rows │")
    t.send("\x03")
    t.wait_for("^3 rows   ")
    t.prompt()
    holds("│ k │", t.run(".last"))
    t.run(".changes on")
    t.line("SELECT ABS(MOD(id, 3)) AS k, COUNT(*) AS n FROM clicks GROUP BY ABS(MOD(id, 3));")
    t.wait_for(r"│ -U │ +-?\d │ +\d")
    t.send("\x03")
    t.prompt()


def case_limits_end(w):
    t = w.start()
    t.run(CLICKS)
    holds("\n10 rows", t.run("SELECT id FROM clicks LIMIT 10;"))
    t.run(".mode csv")
    equal(len(t.run("SELECT id FROM clicks LIMIT 2;").split("\n")), 3)
    t.run("SET 'parallelism.default' = '2';")
    equal(len(t.run("SELECT id FROM clicks LIMIT 2;").split("\n")), 3)


def case_interrupted_bounded(w):
    t = w.start()
    t.run("CREATE TABLE big (id BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '3000000000');")
    t.line("SELECT COUNT(DISTINCT id) FROM big;")
    t.wait_for("rows, .*/s")
    t.send("\x03")
    t.wait_for("^stopped")
    t.prompt()
    holds("42", t.run("SELECT 42;"))


# ---- jobs ----

def case_background_jobs(w):
    t = w.start()
    t.run(CLICKS)
    t.run(HOLE)
    shown = t.run("INSERT INTO hole SELECT id, name FROM clicks;")
    holds("runs in the background", shown)
    job = shown.split()[1]
    holds("RUNNING", t.run("SHOW JOBS;"))
    holds(job, t.run(".jobs"))
    t.line(".quit")
    t.wait_for(r"1 job still runs\. Stop it and leave\? \[y/N\]")
    t.send("n\r")
    t.prompt()
    t.run(f".stop {job}")
    t.line("SELECT 1;")
    t.wait_for("1 row")
    t.line("SELECT 2;")
    t.wait_for(f"job {job} was stopped|1 row")
    t.prompt()
    t.line(".quit")
    equal(t.end(), 0)


def case_leaving_stops_jobs(w):
    t = w.start()
    t.run(CLICKS)
    t.run(HOLE)
    t.run("INSERT INTO hole SELECT id, name FROM clicks;")
    t.send("\x04")
    t.wait_for(r"\[y/N\]")
    t.send("y\r")
    equal(t.end(), 0)


def case_foreground_jobs(w):
    t = w.start()
    t.run(PLAYS)
    t.run(HOLE)
    holds("3 rows written", t.run("INSERT INTO hole SELECT id, country FROM plays;"))
    t.run("SET 'table.dml-sync' = 'false';")
    holds("runs in the background", t.run("INSERT INTO hole SELECT id, country FROM plays;"))
    t.run("SET 'table.dml-sync' = 'true';")
    t.run(CLICKS)
    t.line("INSERT INTO hole SELECT id, name FROM clicks;")
    t.wait_for("rows, .*/s")
    t.send("\x03")
    t.wait_for("^stopped: [0-9,]+ rows? written")
    t.prompt()


def case_jobs_that_fail(w):
    w.write("late.csv", "1,IN\n")
    t = w.start()
    t.run("CREATE TABLE bad (id INT, country INT) WITH ('connector' = 'filesystem', 'path' = 'late.csv', 'format' = 'csv');")
    t.run("CREATE TABLE out (id INT, n INT) WITH ('connector' = 'blackhole');")
    holds("error ", t.run("INSERT INTO out SELECT * FROM bad;"))
    t.run("SET 'table.dml-sync' = 'false';")
    t.run("INSERT INTO out SELECT * FROM bad;")
    for _ in range(100):
        if "has failed" in t.run("SELECT 1;") or "has failed" in t.screen.everything():
            break
    t.wait_for("has failed|weir>")
    holds("has failed", t.screen.everything())


# ---- how it ends ----

def case_signals_end_it(w):
    t = w.start()
    t.run("SELECT 1;")
    os.kill(t.pid, 15)
    equal(t.end(), 0)
    t = w.start()
    t.run(CLICKS)
    t.line("SELECT id FROM clicks;")
    t.wait_for("events/s")
    os.kill(t.pid, 15)
    equal(t.end(), 0)


def case_stty_is_restored(w):
    t = w.start()
    before = t.run(".shell stty -a")
    t.run(CLICKS)
    t.line("SELECT id FROM clicks;")
    t.wait_for("events/s")
    t.send("\x03")
    t.prompt()
    equal(t.run(".shell stty -a"), before)
