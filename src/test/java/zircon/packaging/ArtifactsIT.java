package zircon.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The jars and the pom have what a repository wants of them.
class ArtifactsIT {
    private static final String POM = "META-INF/maven/io.github.zircon-ffm/zircon-ffm/pom.xml";

    @Test
    void theModuleExportsWhatIsPublic() {
        assertThat(module().exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactlyInAnyOrder(
                        "zircon",
                        "zircon.emulation",
                        "zircon.jqwik",
                        "zircon.junit",
                        "zircon.testing");
    }

    @Test
    void theModuleNeedsNothingButTheJdk() {
        assertThat(module().requires())
                .filteredOn(
                        needed ->
                                !needed.modifiers()
                                        .contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .allMatch(name -> name.startsWith("j"));
    }

    @Test
    void everySourceIsInTheSourcesJar() throws Exception {
        assertThat(Packed.files("sources"))
                .containsAll(
                        Packed.files("").stream()
                                .filter(file -> file.endsWith(".class") && !file.contains("$"))
                                .map(file -> file.replace(".class", ".java"))
                                .collect(Collectors.toSet()));
    }

    @Test
    void everyExportedPackageIsInTheJavadocJar() throws Exception {
        Set<String> pages = new TreeSet<>();
        for (ModuleDescriptor.Exports exported : module().exports()) {
            pages.add("zircon/" + exported.source().replace('.', '/') + "/package-summary.html");
        }
        assertThat(Packed.files("javadoc"))
                .contains("index.html")
                .filteredOn(file -> file.endsWith("/package-summary.html"))
                .containsExactlyInAnyOrderElementsOf(pages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "sources"})
    void theLicenseIsInTheJars(String classifier) throws Exception {
        assertThat(Packed.text(classifier, "META-INF/LICENSE")).contains("Apache License");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "developers/developer/organization",
                "developers/developer/organizationUrl",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void thePomSaysWhatMavenCentralAsksFor(String path) throws Exception {
        assertThat(Packed.text("", POM)).containsPattern(at(path));
    }

    /// The project's own element at `path`, with text in it; a dependency's is indented deeper.
    private static Pattern at(String path) {
        StringBuilder pattern = new StringBuilder("(?s)");
        String indent = "\\n";
        for (String element : path.split("/", -1)) {
            indent += "    ";
            pattern.append(indent).append("<").append(element).append(">.*?");
        }
        return Pattern.compile(pattern.append("[^<\\s]").toString());
    }

    private static ModuleDescriptor module() {
        return ModuleFinder.of(Packed.jar("")).find("zircon").orElseThrow().descriptor();
    }
}
