package zircon.conformance.run;

import zircon.conformance.ErrorOrder;
import zircon.conformance.ExchangeDiagram;
import zircon.conformance.Property;
import zircon.conformance.Suite;
import zircon.conformance.report.Cell;
import zircon.conformance.report.Edge;

import java.util.List;

/// The suite's own catalog.
public final class SuiteCatalog implements Catalog {
    /// Made by name.
    public SuiteCatalog() {}

    @Override
    public List<Property> properties() {
        return Suite.properties();
    }

    @Override
    public List<Cell> cells() {
        return ErrorOrder.cells();
    }

    @Override
    public List<Edge> edges() {
        return ExchangeDiagram.edges();
    }
}
