package zircon.bench.report;

import com.google.gson.GsonBuilder;

/// The results as JSON, with every sample.
public final class Json {
    private Json() {}

    /// Writes.
    public static String of(Results results) {
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(results)
                + "\n";
    }
}
