package dev.saddlebag;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the command line knows the routes, the routes the steps, the steps the snapshot and the vault. */
@AnalyzeClasses(packages = "dev.saddlebag", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("dev.saddlebag.cli..")
            .layer("doctor")
            .definedBy("dev.saddlebag.doctor..")
            .layer("routes")
            .definedBy("dev.saddlebag.routes..")
            .layer("steps")
            .definedBy(
                    "dev.saddlebag.collect..",
                    "dev.saddlebag.channel..",
                    "dev.saddlebag.difference..",
                    "dev.saddlebag.export..",
                    "dev.saddlebag.gate..",
                    "dev.saddlebag.destination..",
                    "dev.saddlebag.report..",
                    "dev.saddlebag.upkeep..")
            .layer("render")
            .definedBy("dev.saddlebag.render..")
            .layer("snapshot")
            .definedBy("dev.saddlebag.snapshot..")
            .layer("vault")
            .definedBy("dev.saddlebag.vault..")
            .layer("notion")
            .definedBy("dev.saddlebag.notion..")
            .layer("configuration")
            .definedBy("dev.saddlebag.configuration..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("doctor")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("routes")
            .mayOnlyBeAccessedByLayers("cli", "doctor")
            .whereLayer("steps")
            .mayOnlyBeAccessedByLayers("cli", "doctor", "routes")
            .whereLayer("render")
            .mayOnlyBeAccessedByLayers("cli", "doctor", "routes", "steps")
            .whereLayer("snapshot")
            .mayOnlyBeAccessedByLayers("cli", "doctor", "routes", "steps")
            .whereLayer("vault")
            .mayOnlyBeAccessedByLayers("cli", "doctor", "routes", "steps", "snapshot");

    @ArchTest
    static final ArchRule NO_PACKAGES_IN_A_RING =
            slices().matching("dev.saddlebag.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_THE_SIMULATOR = noClasses()
            .that()
            .resideOutsideOfPackages("dev.saddlebag.simulator..", "dev.saddlebag.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.saddlebag.simulator..");

    @ArchTest
    static final ArchRule WHAT_KNOWS_NOTION_KNOWS_NO_CAMEL = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.saddlebag.notion..",
                    "dev.saddlebag.collect..",
                    "dev.saddlebag.export..",
                    "dev.saddlebag.difference..",
                    "dev.saddlebag.snapshot..",
                    "dev.saddlebag.gate..",
                    "dev.saddlebag.render..",
                    "dev.saddlebag.report..",
                    "dev.saddlebag.upkeep..",
                    "dev.saddlebag.vault..",
                    "dev.saddlebag.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");
}
