// Runs many streaming jobs through Hadoop's LocalJobRunner in one JVM. A job is one line of standard input:
// the arguments of Hadoop Streaming as a JSON array of strings. The answer is one line of standard output:
// {"code":0,"counters":{"group":{"name":1}}}. What Hadoop and the children log goes to standard error.
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.Counters;
import org.apache.hadoop.streaming.StreamJob;
import org.apache.hadoop.util.ToolRunner;

public final class Runner {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A job of Streaming whose counters can be asked for. */
    private static final class CountedJob extends StreamJob {
        ObjectNode counters() throws Exception {
            ObjectNode groups = JSON.createObjectNode();
            if (running_ == null || running_.getCounters() == null) return groups;
            for (Counters.Group group : running_.getCounters()) {
                ObjectNode names = groups.putObject(group.getName());
                for (Counters.Counter counter : group) names.put(counter.getName(), counter.getValue());
            }
            return groups;
        }
    }

    public static void main(String[] unused) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            CountedJob job = new CountedJob();
            ObjectNode answer = JSON.createObjectNode();
            try {
                answer.put("code", ToolRunner.run(new Configuration(), job, JSON.readValue(line, String[].class)));
                answer.set("counters", job.counters());
            } catch (Exception failure) {
                failure.printStackTrace();
                answer.put("code", -1);
            }
            answers.println(JSON.writeValueAsString(answer));
        }
    }
}
