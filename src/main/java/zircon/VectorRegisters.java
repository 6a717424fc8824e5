package zircon;

import zircon.internal.Structs;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/// The vector registers of a thread on x86-64. What the processor does not have is zero.
///
/// @param zmm the 32 registers; xmm and ymm are their lower parts
/// @param opmask the eight mask registers, k0 to k7
/// @param mxcsr control and status of vector floating point
public record VectorRegisters(List<Zmm> zmm, List<Long> opmask, int mxcsr) {
    private static final int ZMM_COUNT = 32;
    private static final int OPMASK_COUNT = 8;

    /// One vector register.
    ///
    /// @param words its 512 bits in eight words, lowest first
    public record Zmm(List<Long> words) {
        private static final int WORD_COUNT = 8;
        private static final Zmm ZERO = new Zmm(Collections.nCopies(WORD_COUNT, 0L));

        /// One vector register.
        ///
        /// @throws IllegalArgumentException if there are not eight words
        public Zmm {
            words = NonNull.copyOf(words, "words");
            check("words", words, WORD_COUNT);
        }

        /// The register for a person.
        ///
        /// @return its 512 bits as one hexadecimal number
        @Override
        public String toString() {
            var bytes = new byte[WORD_COUNT * Long.BYTES];
            for (int i = 0; i < WORD_COUNT; i++) {
                ByteBuffer.wrap(bytes).putLong((WORD_COUNT - 1 - i) * Long.BYTES, words.get(i));
            }
            return "0x" + new BigInteger(1, bytes).toString(16);
        }
    }

    /// All registers.
    ///
    /// @throws IllegalArgumentException if there are not 32 in `zmm` and eight in `opmask`
    public VectorRegisters {
        zmm = NonNull.copyOf(zmm, "zmm");
        opmask = NonNull.copyOf(opmask, "opmask");
        check("zmm", zmm, ZMM_COUNT);
        check("opmask", opmask, OPMASK_COUNT);
    }

    private static void check(String name, List<?> list, int size) {
        if (list.size() != size) {
            throw new IllegalArgumentException(list.size() + " in " + name + "; there are " + size);
        }
    }

    static VectorRegisters from(MemorySegment regs) {
        return new VectorRegisters(
                IntStream.range(0, ZMM_COUNT).mapToObj(i -> zmm(regs, i)).toList(),
                IntStream.range(0, OPMASK_COUNT)
                        .mapToObj(i -> Structs.VectorRegs.opmask(regs, i))
                        .toList(),
                Structs.VectorRegs.mxcsr(regs));
    }

    private static Zmm zmm(MemorySegment regs, int index) {
        return new Zmm(
                IntStream.range(0, Zmm.WORD_COUNT)
                        .mapToObj(word -> Structs.VectorRegs.zmm(regs, index, word))
                        .toList());
    }

    void into(MemorySegment regs) {
        for (int i = 0; i < ZMM_COUNT; i++) {
            for (int word = 0; word < Zmm.WORD_COUNT; word++) {
                Structs.VectorRegs.zmm(regs, i, word, zmm.get(i).words().get(word));
            }
        }
        for (int i = 0; i < OPMASK_COUNT; i++) {
            Structs.VectorRegs.opmask(regs, i, opmask.get(i));
        }
        Structs.VectorRegs.mxcsr(regs, mxcsr);
    }

    /// The registers in hexadecimal; those that are zero are left out.
    ///
    /// @return for example `VectorRegisters[zmm0=0x3ff0000000000000, mxcsr=0x1f80]`
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "VectorRegisters[", "]");
        for (int i = 0; i < ZMM_COUNT; i++) {
            if (!zmm.get(i).equals(Zmm.ZERO)) {
                text.add("zmm" + i + "=" + zmm.get(i));
            }
        }
        for (int i = 0; i < OPMASK_COUNT; i++) {
            if (opmask.get(i) != 0) {
                text.add("k" + i + "=0x" + Long.toHexString(opmask.get(i)));
            }
        }
        return text.add("mxcsr=0x" + Integer.toHexString(mxcsr)).toString();
    }
}
