package dev.saddlebag.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The table of the vocabulary is text: what is wrong in it must not go unnoticed. */
class ShapesTest {
    @Test
    void a_line_is_a_shape_and_an_indented_line_is_a_type_of_it() {
        var shapes = new Shapes("""
                box id lid=lid type:plain|round
                  striped stripes
                  lined =lining
                lid colour
                lining *=lid
                """);
        Shape box = shapes.named("box");

        assertThat(box.types()).containsExactlyInAnyOrder("plain", "round", "striped", "lined");
        assertThat(box.below("id", null)).contains(Shape.NOT_LOOKED_INTO);
        assertThat(box.below("lid", "plain")).contains("lid");
        assertThat(box.below("striped", "striped")).contains("box.striped");
        assertThat(box.below("lined", "lined")).contains("lining");
        assertThat(box.below("striped", "lined")).isEmpty();
        assertThat(box.below("plain", "plain")).isEmpty();
        assertThat(box.below("woven", "woven")).contains(Shape.NOT_LOOKED_INTO);
        assertThat(shapes.named("lining").below("anything", null)).contains("lid");
        assertThat(shapes.named("lid").below("anything", null)).isEmpty();
    }

    @Test
    void a_table_that_names_a_shape_it_does_not_have_is_refused() {
        assertThatThrownBy(() -> new Shapes("box lid=lidd")).hasMessage("There is no shape named lidd.");
        assertThatThrownBy(() -> new Shapes("box type\n  lined =lining")).hasMessage("There is no shape named lining.");
    }

    @Test
    void two_lines_of_one_name_are_refused() {
        assertThatThrownBy(() -> new Shapes("box id\nbox lid")).hasMessage("There are two shapes named box.");
    }
}
