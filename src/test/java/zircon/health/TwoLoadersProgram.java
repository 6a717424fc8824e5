package zircon.health;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/// Loads Zircon for Java by two class loaders, and says what the second one is told.
final class TwoLoadersProgram {
    private TwoLoadersProgram() {}

    public static void main(String[] arguments) throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            URI uri = new File(entry).toURI();
            classPath.add(uri.toURL());
        }
        URL[] urls = classPath.toArray(URL[]::new);
        for (int i = 0; i < 2; i++) {
            try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
                Class<?> zircon = Class.forName("zircon.Zircon", true, loader);
                System.out.println(zircon.getMethod("library").invoke(null));
                System.out.println(zircon.getMethod("systemVersion").invoke(null));
            } catch (InvocationTargetException e) {
                System.out.println(e.getCause());
            }
        }
    }
}
