// Runs many streaming jobs through Hadoop's LocalJobRunner in one JVM. A job is one line of standard input: the
// arguments of Hadoop Streaming as a JSON array of strings. Its exit code comes back as one line of standard
// output; what Hadoop and the children log goes to standard error.
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.streaming.StreamJob;
import org.apache.hadoop.util.ToolRunner;

public final class Runner {
    public static void main(String[] unused) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader jobs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ObjectMapper json = new ObjectMapper();
        for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
            String[] args = json.readValue(line, String[].class);
            int code;
            try {
                code = ToolRunner.run(new Configuration(), new StreamJob(), args);
            } catch (Exception failure) {
                failure.printStackTrace();
                code = -1;
            }
            answers.println(code);
            answers.flush();
        }
    }
}
