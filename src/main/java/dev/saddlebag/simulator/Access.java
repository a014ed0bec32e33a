package dev.saddlebag.simulator;

/** Turns ids of requests into objects that the connection may see, or refuses as Notion does. */
final class Access {
    private final Content content;

    Access(Content content) {
        this.content = content;
    }

    /**
     * The object with this id, whatever it is.
     *
     * @param name how the path calls the id, for the refusal of a malformed one
     * @param what how Notion calls the kind of object, for the refusal of an unknown one
     */
    Ref ref(String id, String name, String what) {
        if (!Ids.valid(id)) {
            throw ApiFailure.invalid(
                    "path failed validation: path." + name + " should be a valid uuid, instead was `\"" + id + "\"`.");
        }
        return content.ids().read(id).orElseThrow(() -> notFound(what, id));
    }

    /** The number of a page that exists and is shared; it may be in the trash. */
    int page(String id, String name, String what) {
        Ref ref = ref(id, name, what);
        if (ref.kind() != Kind.PAGE || ref.sub() != 0 || !visible(ref.index())) {
            throw notFound(what, id);
        }
        return ref.index();
    }

    boolean visible(int page) {
        return content.world().exists(page) && content.world().shared(page);
    }

    /** A database that is shared; linked ones are refused (facts/notion-api.md §2.6). */
    Plan.Database database(String id) {
        Ref ref = ref(id, "database_id", "database");
        if (ref.kind() != Kind.DATABASE
                || ref.index() >= content.world().databases().size()
                || !content.world().sharedDatabase(ref.index())) {
            throw notFound("database", id);
        }
        Plan.Database database = content.world().database(ref.index());
        return switch (database.link()) {
            case NONE -> database;
            case NOT_FOUND -> throw notFound("database", id);
            case NO_DATA_SOURCES ->
                throw ApiFailure.invalid("Database with ID " + Ids.dashed(id)
                        + " does not contain any data sources accessible by this API bot.");
        };
    }

    /** A data source that is shared. The refusal speaks of a database, as Notion's does. */
    Plan.Source source(String id) {
        Ref ref = ref(id, "data_source_id", "database");
        if (ref.kind() != Kind.DATA_SOURCE
                || ref.index() >= content.world().sources().size()
                || !content.world()
                        .sharedDatabase(content.world().source(ref.index()).database())) {
            throw notFound("database", id);
        }
        return content.world().source(ref.index());
    }

    ApiFailure notFound(String what, String id) {
        return ApiFailure.notFound(what, Ids.dashed(id), content);
    }
}
