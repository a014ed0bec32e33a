package dev.saddlebag.render;

import java.util.List;

/** The own text of a block, by which people know which one is meant. */
final class Excerpt implements Block.Visitor {
    private String text = "";

    private Excerpt() {}

    static String of(Block block) {
        Excerpt excerpt = new Excerpt();
        block.accept(excerpt);
        return excerpt.text;
    }

    @Override
    public void visit(Block.Paragraph block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Heading block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Bullet block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Numbered block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.ToDo block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Toggle block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Template block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Quote block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Callout block) {
        text = block.text().plain();
    }

    @Override
    public void visit(Block.Code block) {
        text = block.code();
    }

    @Override
    public void visit(Block.Equation block) {
        text = block.expression();
    }

    @Override
    public void visit(Block.Divider block) {}

    @Override
    public void visit(Block.Breadcrumb block) {}

    @Override
    public void visit(Block.Contents block) {}

    @Override
    public void visit(Block.Columns block) {}

    @Override
    public void visit(Block.Column block) {}

    @Override
    public void visit(Block.Tabs block) {}

    @Override
    public void visit(Block.Tab block) {
        text = block.label().plain();
    }

    @Override
    public void visit(Block.Table block) {
        text = block.rows().stream()
                .flatMap(List::stream)
                .map(Text::plain)
                .findFirst()
                .orElse("");
    }

    @Override
    public void visit(Block.Media block) {
        text = block.caption().isBlank() ? block.file().name() : block.caption().plain();
    }

    @Override
    public void visit(Block.WebLink block) {
        text = block.link().address();
    }

    @Override
    public void visit(Block.ObjectLink block) {
        text = block.title();
    }

    @Override
    public void visit(Block.Synced block) {}

    @Override
    public void visit(Block.Meeting block) {
        text = block.title().plain();
    }

    @Override
    public void visit(Block.Withheld block) {}

    @Override
    public void visit(Block.Unknown block) {
        text = block.text().plain();
    }
}
