package zircon.conformance.run;

/// The seed of one trial, from the seed of the run, the property's name and the trial's number: no
/// trial depends on which others ran before it.
final class TrialSeed {
    private TrialSeed() {}

    static long of(long seed, String property, long trial) {
        long mixed = mix(seed);
        for (int i = 0; i < property.length(); i++) {
            mixed = mix(mixed ^ property.charAt(i));
        }
        return mix(mixed ^ trial);
    }

    // The finalizer of SplitMix64.
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
