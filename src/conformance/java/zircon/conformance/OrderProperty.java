package zircon.conformance;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

import java.util.List;

/// Of two things that are wrong with a call, the one that section 13 names first decides.
record OrderProperty() implements Property {
    private static final int TRIES_PER_CALL = 8;

    @Override
    public String name() {
        return "calls.order-of-checks";
    }

    @Override
    public String statement() {
        return "Of two things that are wrong with a call, the one that section 13 names first"
                + " decides.";
    }

    @Override
    public List<String> rules() {
        return List.of(
                "C-1", "C-2", "C-3", "H-5", "H-6", "W-2", "W-6", "P-3", "P-6", "P-12", "P-16",
                "J-1", "J-3", "J-8", "J-9", "R-3", "R-10", "S-1", "B-2", "B-3", "B-4", "X-9", "K-2",
                "K-3", "K-5", "I-2", "I-3", "I-5", "I-8");
    }

    @Override
    public boolean needsEmulation() {
        return false;
    }

    @Override
    public int defaultTries() {
        return TRIES_PER_CALL * ErrorOrder.cases().size();
    }

    /// A call under all conditions.
    @Override
    public Arbitrary<OrderTrial> trials() {
        return Arbitraries.of(ErrorOrder.cases()).map(OrderTrial::new);
    }
}
