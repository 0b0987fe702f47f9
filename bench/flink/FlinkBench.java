/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs files of SQL on Flink in one JVM, one after another, and says what each took; bench/peers.py talks to it.
 *
 * A line of standard input is the path of a file; its statements are run, each INSERT to its end. The answer is a line
 * "done CPU WALL PEAK": seconds of the whole process (all threads: planning, compiling and collecting garbage included),
 * seconds of wall time, and the process's largest resident memory so far in MB; or "failed REASON".
 * Arguments are KEY=VALUE for Flink's configuration. Every file has a TableEnvironment of its own; the cluster is one.
 */
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

public final class FlinkBench {
    private static final String TARGET = "weir-bench";
    private static final Pattern SET = Pattern.compile("(?is)SET\\s+'([^']*)'\\s*=\\s*'([^']*)'");
    private static Configuration given;

    public static void main(String[] args) throws Exception {
        given = configuration(args);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(Path.of(line.strip())));
            System.out.flush();
        }
        System.exit(0);
    }

    private static Configuration configuration(String[] args) {
        Configuration c = new Configuration();
        c.setString("execution.target", TARGET);
        c.setString("execution.attached", "true");
        c.setString("execution.runtime-mode", "streaming");
        c.setString("parallelism.default", "1");
        c.setString("pipeline.object-reuse", "true");
        c.setString("table.local-time-zone", "UTC");
        for (String k : List.of("rest.address", "rest.bind-address", "jobmanager.rpc.address",
                "jobmanager.bind-host", "taskmanager.host", "taskmanager.bind-host")) {
            c.setString(k, "127.0.0.1");
        }
        c.setString("rest.bind-port", "0");
        c.setString("taskmanager.memory.network.min", "64mb");
        c.setString("taskmanager.memory.network.max", "64mb");
        c.setString("taskmanager.memory.managed.size", "128mb");
        for (String a : args) {
            c.setString(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1));
        }
        return c;
    }

    private static String answer(Path file) {
        try {
            long wall = System.nanoTime();
            long cpu = cpu();
            run(Files.readString(file));
            return String.format(Locale.ROOT, "done %.3f %.3f %d", (cpu() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9,
                    peak());
        } catch (Exception e) {
            StringBuilder b = new StringBuilder("failed");
            for (Throwable x = e; x != null; x = x.getCause()) {
                b.append(": ").append(String.valueOf(x.getMessage()).replace('\n', ' '));
            }
            return b.toString();
        }
    }

    private static void run(String text) throws Exception {
        TableEnvironment env =
                TableEnvironment.create(EnvironmentSettings.newInstance().withConfiguration(given).build());
        for (String statement : text.replaceAll("(?m)--.*$", "").split(";\\s*(\\n|$)")) {
            String s = statement.strip();
            Matcher set = SET.matcher(s);
            if (set.matches()) {
                env.getConfig().set(set.group(1), set.group(2));
            } else if (!s.isEmpty()) {
                TableResult r = env.executeSql(s);
                if (r.getJobClient().isPresent()) {
                    r.await();
                }
            }
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long peak() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
            }
        }
        return 0;
    }

    /** Keeps one cluster for all jobs, so that starting it is in none of the figures but the first. */
    public static final class Executors implements PipelineExecutorFactory {
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
            return Executors::submit;
        }

        private static synchronized MiniCluster cluster() throws Exception {
            if (cluster == null) {
                cluster = new MiniCluster(new MiniClusterConfiguration.Builder().setConfiguration(given)
                        .setNumTaskManagers(1).setNumSlotsPerTaskManager(4).build());
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
                Thread.sleep(1);
            }
            return CompletableFuture.completedFuture(new MiniClusterJobClient(id, on, loader,
                    MiniClusterJobClient.JobFinalizationBehavior.NOTHING));
        }
    }

    private FlinkBench() {}
}
