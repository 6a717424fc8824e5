package zircon.bench.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/// The results as JSON, with every sample.
public final class Json {
    /// JSON has no NaN: what nobody has counted is left out.
    private static final JsonSerializer<Double> NUMBER =
            (number, _, _) -> number.isNaN() ? JsonNull.INSTANCE : new JsonPrimitive(number);

    private Json() {}

    /// Writes.
    public static String of(Results results) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .registerTypeAdapter(Double.class, NUMBER)
                        .create()
                        .toJson(results)
                + "\n";
    }
}
