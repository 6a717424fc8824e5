package zircon.conformance.run;

import zircon.conformance.Property;
import zircon.conformance.report.Cell;
import zircon.conformance.report.Edge;

import java.util.List;

/// What there is to run, and to see. It has a constructor without parameters.
public interface Catalog {
    /// All properties, in the order in which they run.
    ///
    /// @return properties with different names
    List<Property> properties();

    /// The whole matrix of errors.
    ///
    /// @return its cells
    List<Cell> cells();

    /// The whole diagram of the exception exchange.
    ///
    /// @return its edges
    List<Edge> edges();
}
