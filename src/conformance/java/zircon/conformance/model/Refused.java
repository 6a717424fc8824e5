package zircon.conformance.model;

/// Ends a call that fails.
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final Status status;
    private final String rule;

    Refused(Status status, String rule) {
        super(rule, null, false, false);
        this.status = status;
        this.rule = rule;
    }

    Status status() {
        return status;
    }

    String rule() {
        return rule;
    }
}
