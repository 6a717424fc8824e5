package zircon.jqwik;

import org.jspecify.annotations.Nullable;

import zircon.testing.Parameters;
import zircon.testing.TestKernel;

import java.lang.reflect.Parameter;

/// The tries of one property: the kernel of the one that runs, and the tree of the one that failed
/// last.
final class Tries implements AutoCloseable {
    private @Nullable TestKernel kernel;
    private String lastTree = "";
    private boolean running;

    Tries() {}

    /// The kernel of the try that runs, or is about to.
    ///
    /// @param parameters all of the property's
    TestKernel kernel(Parameter... parameters) {
        if (kernel == null) {
            kernel =
                    Parameters.wantFakeClock(parameters)
                            ? TestKernel.startWithFakeClock()
                            : TestKernel.start();
        }
        return kernel;
    }

    void remember(String tree) {
        lastTree = tree;
    }

    String lastTree() {
        return lastTree;
    }

    Tries begin() {
        running = true;
        return this;
    }

    /// Whether the property has begun and is not over.
    boolean areRunning() {
        return running;
    }

    /// Ends the try, if there is one.
    void endOne() {
        TestKernel ended = kernel;
        kernel = null;
        if (ended != null) {
            ended.close();
        }
    }

    /// The property is over.
    @Override
    public void close() {
        running = false;
        endOne();
    }
}
