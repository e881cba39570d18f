package io.carillon.push;

import com.samskivert.mustache.Mustache;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fills a text that is a Mustache template. It sees {@code device.id}, {@code device.user}, {@code device.meta.NAME} and
 * {@code l10n.NAME}, by these whole names; what a device does not have is empty.
 *
 * @see <a href="https://mustache.github.io/mustache.5.html">mustache(5)</a>
 */
final class Template {

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).defaultValue("");

    private static final String OPEN = "{{";
    private static final String L10N = "l10n.";
    private static final Pattern META = Pattern.compile("device\\.meta\\.[^.\\s]+");
    private static final Set<String> DEVICE = Set.of("device.id", "device.user");

    private Template() {}

    /** Fills it. */
    static String fill(String text, Map<String, Object> names) {
        return text.contains(OPEN) ? compile(text).execute(names) : text;
    }

    /**
     * Refuses a template that is wrong, or would show a hole.
     *
     * @param sure translations that a language has
     * @param anywhere translations that some language has
     * @param useMeta whether it sees the device's meta
     * @param language what to call the language
     * @throws PushRefused 107
     */
    static void check(String text, Set<String> sure, Set<String> anywhere, boolean useMeta, String language) {
        if (!text.contains(OPEN)) {
            return;
        }
        Names names = new Names(text);
        compile(text).visit(names);
        for (String name : names.all) {
            if (name.startsWith(L10N)) {
                String translation = name.substring(L10N.length());
                if (!anywhere.contains(translation)) {
                    throw refused(text, "no language translates " + name + "; they have " + anywhere);
                }
                if (!sure.contains(translation) && !names.sections.contains(name)) {
                    throw refused(
                            text,
                            "%s is not translated for %s: give it to localizations.default.translations, or say what to show without it with {{^%s}}…{{/%s}}"
                                    .formatted(name, language, name, name));
                }
            } else if (META.matcher(name).matches()) {
                if (!useMeta) {
                    throw refused(text, name + " needs use_meta: true");
                }
            } else if (!DEVICE.contains(name)) {
                throw refused(
                        text,
                        "\"" + name + "\" is none of device.id, device.user, device.meta.NAME and l10n.NAME, which is"
                                + " all that it sees; they have no dot before them, and Mustache no functions");
            }
        }
    }

    private static com.samskivert.mustache.Template compile(String text) {
        try {
            return COMPILER.compile(text);
        } catch (RuntimeException e) {
            // Beside its own exception the compiler has IndexOutOfBoundsException for a tag without a name.
            throw refused(text, e.getMessage());
        }
    }

    private static PushRefused refused(String text, String problem) {
        return PushRefused.badRequest("the template \"" + text + "\" is wrong: " + problem);
    }

    /** Gathers what a template names. */
    private static final class Names implements Mustache.Visitor {

        private final String template;
        private final Set<String> all = new LinkedHashSet<>();
        private final Set<String> sections = new HashSet<>();

        Names(String template) {
            this.template = template;
        }

        /** What is not closed counts as text, unless somebody has chosen other braces to have these as text. */
        @Override
        public void visitText(String text) {
            if (text.contains(OPEN) && !template.contains(OPEN + "=")) {
                throw refused(template, "a {{ is not closed");
            }
        }

        @Override
        public void visitVariable(String name) {
            // Inside a section it is what the section is about.
            if (!name.equals(".") || sections.isEmpty()) {
                all.add(name);
            }
        }

        @Override
        public boolean visitSection(String name) {
            all.add(name);
            sections.add(name);
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return visitSection(name);
        }

        @Override
        public boolean visitInclude(String name) {
            throw refused(template, "there are no partials such as " + name);
        }

        @Override
        public boolean visitParent(String name) {
            return visitInclude(name);
        }

        @Override
        public boolean visitBlock(String name) {
            return visitInclude(name);
        }
    }
}
