/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs case files through Flink and writes what Flink answers as golden files.
 *
 * Arguments: DATA_DIR, then pairs CASE.sql OUT.golden. All cases share one JVM; each has its own
 * TableEnvironment and its own scratch folder (${TMP}); ${DATA} is DATA_DIR.
 * Every query leaves a section: a head line "-- N type, type" (N counts the statements of the file from 1),
 * then its final rows as JSON lines, sorted. A statement that fails leaves a section whose only line is !error.
 */
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.table.utils.DateTimeUtils;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

public final class FlinkGolden {
    private static final Pattern SET = Pattern.compile("(?is)SET\\s+'([^']*)'\\s*=\\s*'([^']*)'");
    private static final Pattern RESET = Pattern.compile("(?is)RESET\\s+'([^']*)'");
    private static final Pattern BATCH =
            Pattern.compile("(?is)SET\\s+'execution\\.runtime-mode'\\s*=\\s*'batch'");
    private static final Pattern BEGIN = Pattern.compile("(?is)EXECUTE\\s+STATEMENT\\s+SET\\s+BEGIN\\b.*");
    private static final Pattern END = Pattern.compile("(?is).*\\bEND");
    private static final long CASE_LIMIT_MS = 180_000;

    private static volatile String current = "start";
    private static volatile long startedAt = System.currentTimeMillis();

    public static void main(String[] args) throws Exception {
        watch();
        for (int i = 1; i + 1 < args.length; i += 2) {
            current = args[i];
            startedAt = System.currentTimeMillis();
            String text = runCase(Path.of(args[0]), Path.of(args[i]));
            Files.writeString(Path.of(args[i + 1]), text, StandardCharsets.UTF_8);
            System.err.printf("%-48s %6d ms%n", name(), System.currentTimeMillis() - startedAt);
        }
        System.err.flush();
        System.exit(0);
    }

    private static String name() {
        return Path.of(current).getFileName().toString();
    }

    /** A case that reads something unbounded would hang the suite: name it and stop. */
    private static void watch() {
        Thread t = new Thread(() -> {
            while (System.currentTimeMillis() - startedAt < CASE_LIMIT_MS) {
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException e) {
                    return;
                }
            }
            System.err.println(current + ": no end in sight, giving up");
            Runtime.getRuntime().halt(3);
        });
        t.setDaemon(true);
        t.start();
    }

    private static String runCase(Path data, Path file) throws IOException {
        Path tmp = Files.createTempDirectory("weir-flink-");
        try {
            String sql = Files.readString(file, StandardCharsets.UTF_8)
                    .replace("${DATA}", data.toString()).replace("${TMP}", tmp.toString());
            TableEnvironment env = environment(BATCH.matcher(sql).find());
            StringBuilder out = new StringBuilder();
            int n = 0;
            for (String statement : split(sql)) {
                n++;
                try {
                    out.append(runStatement(env, statement, n));
                } catch (Throwable e) {
                    out.append("-- ").append(n).append("\n!error\n");
                    System.err.println(name() + ": statement " + n + " fails: " + reason(e));
                }
            }
            return out.toString();
        } finally {
            remove(tmp);
        }
    }

    private static TableEnvironment environment(boolean batch) {
        Map<String, String> o = new HashMap<>();
        o.put("execution.target", SharedCluster.TARGET);
        o.put("execution.attached", "true");
        o.put("execution.runtime-mode", batch ? "batch" : "streaming");
        o.put("parallelism.default", "1");
        o.put("table.local-time-zone", "UTC");
        /* With an interval of zero Flink emits a watermark after every row that moves it and sets no timer:
           which rows are late is then a matter of their order alone. */
        o.put("pipeline.auto-watermark-interval", "0 ms");
        return TableEnvironment.create(EnvironmentSettings.newInstance().withConfiguration(config(o)).build());
    }

    /** The options given and those that keep every port on the loopback. */
    private static Configuration config(Map<String, String> options) {
        Map<String, String> o = new HashMap<>(options);
        for (String k : List.of("rest.address", "rest.bind-address", "jobmanager.rpc.address",
                "jobmanager.bind-host", "taskmanager.host", "taskmanager.bind-host")) {
            o.put(k, "127.0.0.1");
        }
        o.put("rest.bind-port", "0");
        o.put("taskmanager.memory.network.min", "32mb");
        o.put("taskmanager.memory.network.max", "32mb");
        o.put("taskmanager.memory.managed.size", "128mb");
        Configuration c = new Configuration();
        o.forEach(c::setString);
        return c;
    }

    private static String runStatement(TableEnvironment env, String sql, int n) throws Exception {
        Matcher set = SET.matcher(sql);
        if (set.matches()) {
            env.getConfig().set(set.group(1), set.group(2));
            return "";
        }
        Matcher reset = RESET.matcher(sql);
        if (reset.matches()) {
            env.getConfig().getConfiguration().removeKey(reset.group(1));
            return "";
        }
        TableResult r = env.executeSql(sql);
        String head = sql.substring(0, Math.min(7, sql.length())).toUpperCase();
        if (head.equals("EXECUTE") || head.startsWith("INSERT")) {
            r.await();
            return "";
        }
        if (r.getResultKind() != ResultKind.SUCCESS_WITH_CONTENT) {
            return "";
        }
        return section((TableResultInternal) r, n, ZoneId.of(env.getConfig().getLocalTimeZone().getId()));
    }

    private static String section(TableResultInternal r, int n, ZoneId zone) throws Exception {
        List<String> names = r.getResolvedSchema().getColumnNames();
        List<LogicalType> types = r.getResolvedSchema().getColumnDataTypes().stream()
                .map(t -> t.getLogicalType()).collect(Collectors.toList());
        Map<String, Integer> bag = new TreeMap<>();
        try (CloseableIterator<RowData> it = r.collectInternal()) {
            while (it.hasNext()) {
                RowData row = it.next();
                RowKind k = row.getRowKind();
                int step = k == RowKind.INSERT || k == RowKind.UPDATE_AFTER ? 1 : -1;
                bag.merge(Json.row(row, names, types, zone), step, Integer::sum);
            }
        }
        StringBuilder out = new StringBuilder("-- ").append(n).append(' ');
        out.append(types.stream().map(LogicalType::asSummaryString).collect(Collectors.joining(", ")));
        out.append('\n');
        bag.forEach((line, count) -> {
            if (count < 0) {
                throw new IllegalStateException("row retracted more often than added: " + line);
            }
            out.append((line + "\n").repeat(count));
        });
        return out.toString();
    }

    private static String reason(Throwable e) {
        StringBuilder b = new StringBuilder();
        String last = "";
        for (Throwable x = e; x != null; x = x.getCause()) {
            String m = String.valueOf(x.getMessage());
            if (!m.equals(last)) {
                b.append("\n    ").append(x.getClass().getSimpleName()).append(": ").append(m.lines().limit(4)
                        .collect(Collectors.joining(" / ")));
            }
            last = m;
        }
        return b.toString();
    }

    private static void remove(Path dir) {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(p);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts a file at the semicolons outside quotes and comments; a statement set ends with its END. */
    static List<String> split(String text) {
        List<String> all = new ArrayList<>();
        StringBuilder one = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int next = i + 1;
            if (c == '\'' || c == '"' || c == '`') {
                int close = text.indexOf(c, i + 1);
                next = close < 0 ? text.length() : close + 1;
                one.append(text, i, next);
            } else if (text.startsWith("--", i)) {
                int eol = text.indexOf('\n', i);
                next = eol < 0 ? text.length() : eol;
            } else if (text.startsWith("/*", i) && !text.startsWith("/*+", i)) {
                int close = text.indexOf("*/", i + 2);
                next = close < 0 ? text.length() : close + 2;
                one.append(' ');
            } else if (c == ';' && !insideSet(one.toString().strip())) {
                add(all, one);
            } else {
                one.append(c);
            }
            i = next;
        }
        add(all, one);
        return all;
    }

    private static boolean insideSet(String s) {
        return BEGIN.matcher(s).matches() && !END.matcher(s).matches();
    }

    private static void add(List<String> all, StringBuilder one) {
        if (!one.toString().isBlank()) {
            all.add(one.toString().strip());
        }
        one.setLength(0);
    }

    /** Flink's internal values as JSON text. */
    static final class Json {
        static String row(RowData row, List<String> names, List<LogicalType> types, ZoneId zone) {
            StringBuilder b = new StringBuilder("{");
            for (int i = 0; i < types.size(); i++) {
                b.append(i > 0 ? "," : "").append(quote(names.get(i))).append(':');
                b.append(value(RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row), types.get(i), zone));
            }
            return b.append('}').toString();
        }

        static String value(Object v, LogicalType t, ZoneId zone) {
            if (v == null) {
                return "null";
            }
            switch (t.getTypeRoot()) {
                case BOOLEAN:
                case TINYINT:
                case SMALLINT:
                case INTEGER:
                case BIGINT:
                    return v.toString();
                case DECIMAL:
                    return ((org.apache.flink.table.data.DecimalData) v).toBigDecimal().toPlainString();
                case FLOAT:
                case DOUBLE:
                    double d = ((Number) v).doubleValue();
                    return Double.isNaN(d) || Double.isInfinite(d) ? quote(v.toString()) : v.toString();
                case ARRAY:
                    return array((ArrayData) v, ((ArrayType) t).getElementType(), zone);
                case MAP:
                    return map((MapData) v, ((MapType) t).getKeyType(), ((MapType) t).getValueType(), zone);
                case MULTISET:
                    return map((MapData) v, ((MultisetType) t).getElementType(),
                            new org.apache.flink.table.types.logical.IntType(), zone);
                case ROW:
                    return row((RowData) v, ((RowType) t).getFieldNames(), t.getChildren(), zone);
                default:
                    return quote(text(v, t, zone));
            }
        }

        private static String text(Object v, LogicalType t, ZoneId zone) {
            switch (t.getTypeRoot()) {
                case BINARY:
                case VARBINARY:
                    return Base64.getEncoder().encodeToString((byte[]) v);
                case DATE:
                    return LocalDate.ofEpochDay((Integer) v).toString();
                case TIME_WITHOUT_TIME_ZONE:
                    return time(LocalTime.ofNanoOfDay((Integer) v * 1_000_000L), precision(t));
                case TIMESTAMP_WITHOUT_TIME_ZONE:
                    return stamp(((TimestampData) v).toLocalDateTime(), precision(t));
                case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                    Instant at = ((TimestampData) v).toInstant();
                    return stamp(LocalDateTime.ofInstant(at, zone), precision(t));
                case INTERVAL_YEAR_MONTH:
                    return DateTimeUtils.formatIntervalYearMonth((Integer) v);
                case INTERVAL_DAY_TIME:
                    return DateTimeUtils.formatIntervalDayTime((Long) v);
                default:
                    return v.toString();
            }
        }

        private static int precision(LogicalType t) {
            return LogicalTypeChecks.getPrecision(t);
        }

        private static String stamp(LocalDateTime t, int digits) {
            return t.toLocalDate() + " " + time(t.toLocalTime(), digits);
        }

        private static String time(LocalTime t, int digits) {
            String s = String.format("%02d:%02d:%02d", t.getHour(), t.getMinute(), t.getSecond());
            String fraction = String.format("%09d", t.getNano()).substring(0, digits);
            return digits == 0 ? s : s + "." + fraction;
        }

        private static String array(ArrayData a, LogicalType t, ZoneId zone) {
            ArrayData.ElementGetter get = ArrayData.createElementGetter(t);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                all.add(value(get.getElementOrNull(a, i), t, zone));
            }
            return "[" + String.join(",", all) + "]";
        }

        /** Entries are sorted by key: the order of a map says nothing. */
        private static String map(MapData m, LogicalType kt, LogicalType vt, ZoneId zone) {
            ArrayData.ElementGetter key = ArrayData.createElementGetter(kt);
            ArrayData.ElementGetter val = ArrayData.createElementGetter(vt);
            Map<String, String> all = new TreeMap<>();
            for (int i = 0; i < m.size(); i++) {
                String k = value(key.getElementOrNull(m.keyArray(), i), kt, zone);
                k = k.startsWith("\"") ? k : quote(k);
                all.put(k, value(val.getElementOrNull(m.valueArray(), i), vt, zone));
            }
            return all.entrySet().stream().map(e -> e.getKey() + ":" + e.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }

        static String quote(String s) {
            StringBuilder b = new StringBuilder("\"");
            for (int i = 0; i < s.length(); i++) {
                char c = s.charAt(i);
                int escape = "\"\\\n\r\t\b\f".indexOf(c);
                if (escape >= 0) {
                    b.append('\\').append("\"\\nrtbf".charAt(escape));
                } else if (c < 0x20) {
                    b.append(String.format("\\u%04x", (int) c));
                } else {
                    b.append(c);
                }
            }
            return b.append('"').toString();
        }
    }

    /** Sends all jobs to one cluster inside this JVM; starting one for each job takes longer than the job. */
    public static final class SharedCluster implements PipelineExecutorFactory {
        static final String TARGET = "weir-shared";
        private static MiniCluster cluster;

        @Override
        public String getName() {
            return TARGET;
        }

        @Override
        public boolean isCompatibleWith(Configuration c) {
            return TARGET.equals(c.toMap().get("execution.target"));
        }

        @Override
        public PipelineExecutor getExecutor(Configuration c) {
            return SharedCluster::submit;
        }

        private static synchronized MiniCluster cluster() throws Exception {
            if (cluster == null) {
                cluster = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(config(Map.of()))
                        .setNumTaskManagers(1).setNumSlotsPerTaskManager(8).build());
                cluster.start();
            }
            return cluster;
        }

        private static CompletableFuture<JobClient> submit(Pipeline p, Configuration c, ClassLoader loader)
                throws Exception {
            MiniCluster on = cluster();
            StreamGraph graph = PipelineExecutorUtils.getStreamGraph(p, c);
            graph.serializeUserDefinedInstances();
            JobID id = on.submitJob(graph).get().getJobID();
            while (on.getJobStatus(id).get() == JobStatus.INITIALIZING) {
                Thread.sleep(2);
            }
            return CompletableFuture.completedFuture(new MiniClusterJobClient(id, on, loader,
                    MiniClusterJobClient.JobFinalizationBehavior.NOTHING));
        }
    }

    private FlinkGolden() {}
}
