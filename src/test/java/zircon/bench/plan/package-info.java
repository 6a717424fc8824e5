/// What is measured, and beside what. Needs neither JMH nor the libraries that are compared.
@NullMarked
package zircon.bench.plan;

import org.jspecify.annotations.NullMarked;
