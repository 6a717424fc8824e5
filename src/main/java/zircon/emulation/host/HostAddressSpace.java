package zircon.emulation.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import zircon.emulation.kernel.AddressSpace;
import zircon.emulation.kernel.VmarDispatcher;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The memory of this process, as Linux shows and opens it in `/proc/self`.
///
/// Reading through `mem` cannot fault, whatever is there. Writing ignores protection: so it puts a
/// breakpoint into code. What a guest cannot write itself is left alone where the JVM, the gate and
/// their libraries are mapped from their files, since a changed instruction there would end this
/// process. What is writable anyway is as much within a guest's reach as it ever was.
///
/// Streams and no channels: an interrupt of the calling thread would close a channel.
final class HostAddressSpace implements AddressSpace {
    private static final String MAPS = "/proc/self/maps";
    // As MAPS, with lines on each mapping's use.
    private static final String DETAILED_MAPS = "/proc/self/smaps";
    private static final String COMMITTED = "Rss:";
    private static final long PAGE_SIZE = 4096;

    // What was there before any guest: files, and what the host's kernel maps into each process.
    private static final Set<String> OWN =
            mappings(MAPS).stream()
                    .map(Mapping::name)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
    private static final String JAVA_HOME = System.getProperty("java.home") + "/";

    @Override
    public @Nullable Mapping find(long address) {
        try (BufferedReader lines = open(MAPS)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Mapping mapping = parse(line);
                if (contains(mapping, address)) {
                    return seal(mapping);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Mapping mapping, long address) {
        return address >= mapping.base() && address - mapping.base() < mapping.size();
    }

    @Override
    public List<Mapping> mappings() {
        return mappings(DETAILED_MAPS).stream().map(HostAddressSpace::seal).toList();
    }

    private static List<Mapping> mappings(String file) {
        List<Mapping> mappings = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!Character.isUpperCase(line.charAt(0))) {
                    Mapping mapping = parse(line);
                    if (VmarDispatcher.isUserAddress(mapping.base())) {
                        mappings.add(mapping);
                    }
                } else if (line.startsWith(COMMITTED) && !mappings.isEmpty()) {
                    mappings.add(withCommitted(mappings.removeLast(), kilobytes(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return mappings;
    }

    private static BufferedReader open(String file) throws IOException {
        return new BufferedReader(new FileReader(file, UTF_8));
    }

    private static long kilobytes(String line) {
        String number = line.substring(COMMITTED.length(), line.length() - " kB".length());
        return Long.parseLong(number.strip()) << 10;
    }

    /// A line such as `7f0000001000-7f0000003000 r-xp 00001000 fe:00 4711 /lib/libc.so`.
    private static Mapping parse(String line) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ', dash);
        long base = Long.parseUnsignedLong(line, 0, dash, 16);
        long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
        String[] fields = line.substring(space + 1).split(" +", 5);
        String access = fields[0];
        return new Mapping(
                base,
                end - base,
                new Access(
                        access.charAt(0) == 'r', access.charAt(1) == 'w', access.charAt(2) == 'x'),
                Long.parseUnsignedLong(fields[1], 16),
                0,
                false,
                fields.length < 5 ? "" : fields[4]);
    }

    private static Mapping withCommitted(Mapping mapping, long committed) {
        return new Mapping(
                mapping.base(),
                mapping.size(),
                mapping.access(),
                mapping.offset(),
                committed,
                mapping.sealed(),
                mapping.name());
    }

    private static Mapping seal(Mapping mapping) {
        boolean own = OWN.contains(mapping.name()) || mapping.name().startsWith(JAVA_HOME);
        return new Mapping(
                mapping.base(),
                mapping.size(),
                mapping.access(),
                mapping.offset(),
                mapping.committed(),
                own && !mapping.access().write(),
                mapping.name());
    }

    @Override
    public Usage usage() {
        try (BufferedReader statm = open("/proc/self/statm")) {
            String[] pages = statm.readLine().split(" ", -1);
            long mapped = Long.parseLong(pages[0]) * PAGE_SIZE;
            long resident = Long.parseLong(pages[1]) * PAGE_SIZE;
            long shared = Long.parseLong(pages[2]) * PAGE_SIZE;
            return new Usage(mapped, resident - shared, shared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean read(long address, MemorySegment destination) {
        byte[] bytes = new byte[Math.toIntExact(destination.byteSize())];
        try (RandomAccessFile memory = openMemory("r")) {
            memory.seek(address);
            memory.readFully(bytes);
        } catch (IOException _) { // EIO: nothing backs it
            return false;
        }
        destination.copyFrom(MemorySegment.ofArray(bytes));
        return true;
    }

    @Override
    public boolean write(long address, MemorySegment source) {
        byte[] bytes = source.toArray(ValueLayout.JAVA_BYTE);
        try (RandomAccessFile memory = openMemory("rw")) {
            memory.seek(address);
            memory.write(bytes);
        } catch (IOException _) { // EIO: nothing backs it
            return false;
        }
        return true;
    }

    private static RandomAccessFile openMemory(String mode) {
        try {
            return new RandomAccessFile("/proc/self/mem", mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first address of the object that contains an address.
    long objectBase(long address) {
        long base = 0;
        String name = "";
        for (Mapping mapping : mappings(MAPS)) {
            if (!mapping.name().equals(name)) {
                base = mapping.base();
                name = mapping.name();
            }
            if (contains(mapping, address)) {
                return base;
            }
        }
        return 0;
    }
}
