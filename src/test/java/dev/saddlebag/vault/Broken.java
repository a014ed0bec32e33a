package dev.saddlebag.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The rules of the protocol, each of them broken once: a checker that does not notice is worth nothing. */
enum Broken {
    NO_ANNOUNCEMENT(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return pruning(without(ANNOUNCE));
        }
    },
    NO_LOOK_AT_THE_TRASH(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return shipping(List.of(
                    Shipment::prepareVault,
                    Shipment::lookForSignature,
                    Shipment::markCopy,
                    Shipment::announce,
                    Shipment::putData,
                    Shipment::putDescription,
                    Shipment::checkAllThere,
                    Shipment::commit,
                    Shipment::checkCommitted));
        }
    },
    NO_SECOND_LOOK(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return pruning(without(LOOK_AGAIN));
        }
    },
    INTENT_LATE(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return shipping(List.of(
                    Shipment::prepareVault,
                    Shipment::lookForSignature,
                    Shipment::markCopy,
                    Shipment::refuseTrash,
                    Shipment::putData,
                    Shipment::putDescription,
                    Shipment::announce,
                    Shipment::checkAllThere,
                    Shipment::commit,
                    Shipment::checkCommitted));
        }
    },
    COMMIT_FIRST(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return shipping(List.of(
                    Shipment::prepareVault,
                    Shipment::lookForSignature,
                    Shipment::markCopy,
                    Shipment::announce,
                    Shipment::commit,
                    Shipment::refuseTrash,
                    Shipment::putData,
                    Shipment::putDescription,
                    Shipment::checkAllThere,
                    Shipment::checkCommitted));
        }
    },
    INTENTS_IGNORED(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return new Encounter.Rules(
                    Encounter.RIGHT.ship(),
                    Encounter.RIGHT.prune(),
                    EnumSet.complementOf(EnumSet.of(Root.UNFINISHED_OF_LATE)));
        }
    },
    NO_COPY_MARKER(Encounter.Cast.COPY_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return shipping(List.of(
                    Shipment::prepareVault,
                    Shipment::lookForSignature,
                    Shipment::announce,
                    Shipment::refuseTrash,
                    Shipment::putData,
                    Shipment::putDescription,
                    Shipment::checkAllThere,
                    Shipment::commit,
                    Shipment::checkCommitted));
        }
    },
    INTENT_WITHDRAWN_ON_RESUME(Encounter.Cast.RUN_PRUNE) {
        @Override
        Encounter.Rules rules() {
            return new Encounter.Rules(
                    (store, run) -> List.of(
                            Shipment::prepareVault,
                            Shipment::markCopy,
                            Shipment::announce,
                            shipment -> withdrawAtConflict(shipment, store, run),
                            Shipment::putData,
                            Shipment::putDescription,
                            Shipment::checkAllThere,
                            Shipment::commit,
                            Shipment::checkCommitted),
                    Encounter.RIGHT.prune(),
                    Encounter.RIGHT.roots());
        }
    };

    private static final int ANNOUNCE = 6;
    private static final int LOOK_AGAIN = 7;

    final Encounter.Cast cast;

    Broken(Encounter.Cast cast) {
        this.cast = cast;
    }

    abstract Encounter.Rules rules();

    private static Encounter.Rules shipping(List<Shipment.Step> steps) {
        return new Encounter.Rules((store, run) -> steps, Encounter.RIGHT.prune(), Encounter.RIGHT.roots());
    }

    private static Encounter.Rules pruning(List<Pruning.Step> steps) {
        return new Encounter.Rules(Encounter.RIGHT.ship(), steps, Encounter.RIGHT.roots());
    }

    private static List<Pruning.Step> without(int step) {
        var steps = new ArrayList<>(Pruning.STEPS);
        steps.remove(step);
        return steps;
    }

    private static void withdrawAtConflict(Shipment shipment, Store store, RunId run) throws IOException {
        try {
            shipment.refuseTrash();
        } catch (TrashConflict e) {
            store.delete(Names.list(run));
            throw e;
        }
    }
}
