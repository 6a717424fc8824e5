package zircon.conformance.report;

import java.util.ArrayList;
import java.util.List;

/// A failure with its place on the page.
///
/// @param id of the element that shows it
/// @param property that failed
/// @param failure how
record Finding(String id, PropertyReport property, Failure failure) {
    static List<Finding> all(Report report) {
        List<Finding> findings = new ArrayList<>();
        for (PropertyReport property : report.properties()) {
            for (Failure failure : property.failures()) {
                findings.add(new Finding("f-" + (findings.size() + 1), property, failure));
            }
        }
        return findings;
    }
}
