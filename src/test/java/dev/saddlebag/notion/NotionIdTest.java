package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same id comes in many dresses; Saddlebag keeps one. */
class NotionIdTest {

    @Property
    void an_id_is_recognised_in_every_dress(@ForAll("ids") UUID id) {
        String dashed = id.toString();
        String bare = dashed.replace("-", "");

        assertThat(NotionId.dashed(dashed)).isEqualTo(dashed);
        assertThat(NotionId.dashed(bare)).isEqualTo(dashed);
        assertThat(NotionId.dashed(" " + bare.toUpperCase(Locale.ROOT) + "\n")).isEqualTo(dashed);
        assertThat(NotionId.dashed("https://www.notion.so/" + bare)).isEqualTo(dashed);
        assertThat(NotionId.dashed("https://www.notion.so/acme/Road-map-2026-" + bare + "?v=" + bare + "#x"))
                .isEqualTo(dashed);
        assertThat(NotionId.dashed("https://app.notion.com/p/Caf-" + bare + "#" + bare))
                .isEqualTo(dashed);
    }

    @Property
    void only_the_kept_form_is_the_kept_form(@ForAll("ids") UUID id) {
        String dashed = id.toString();

        assertThat(NotionId.isDashed(dashed)).isTrue();
        assertThat(NotionId.isDashed(dashed.replace("-", ""))).isFalse();
        assertThat(NotionId.isDashed(dashed + "0")).isFalse();
        assertThat(NotionId.isDashed(dashed.toUpperCase(Locale.ROOT))).isEqualTo(dashed.matches("[0-9-]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Road map",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdeg",
                "0123456789abcdef0123456789abcdef/and-more"
            })
    void what_is_no_id_is_refused_with_a_description_of_one(String text) {
        assertThatThrownBy(() -> NotionId.dashed(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is no Notion id")
                .hasMessageContaining("32 hexadecimal digits");
    }

    @Provide
    Arbitrary<UUID> ids() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }
}
