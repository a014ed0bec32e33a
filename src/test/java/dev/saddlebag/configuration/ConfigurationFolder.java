package dev.saddlebag.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A folder with a configuration file and two kinds of destinations, as an installation has it. */
record ConfigurationFolder(Path folder) {
    static final String SMALLEST = """
            saddlebag.workspaces = acme
            saddlebag.workspace.acme.token = ntn_0123456789
            saddlebag.workspace.acme.destinations = vault
            saddlebag.destination.vault.kind = folder
            saddlebag.destination.vault.directory = data/vault
            """;

    private static final String FOLDER_KIND = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: folder
            spec:
              definition:
                title: Folder
                required: [directory]
                properties:
                  directory: { title: Directory, type: string, format: path }
                  sync: { title: Sync, type: boolean, default: true }
            """;
    private static final String S3_KIND = """
            spec:
              definition:
                title: S3
                required: [bucketName, region]
                properties:
                  bucketName: { title: Bucket, type: string }
                  region: { title: Region, type: string, default: eu-central-1 }
                  caFile: { title: Authorities, type: string, format: path }
                  prefix: { title: Prefix, type: string }
                  secretKey: { title: Secret key, type: string, format: password }
                  days: { title: Days, type: integer }
                  mode: { title: Lock, type: string, enum: [governance, compliance] }
            """;

    static ConfigurationFolder in(Path folder) throws IOException {
        Path kinds = Files.createDirectories(folder.resolve("routes/destinations"));
        Files.writeString(kinds.resolve("folder.kamelet.yaml"), FOLDER_KIND);
        Files.writeString(kinds.resolve("s3.kamelet.yaml"), S3_KIND);
        return new ConfigurationFolder(folder);
    }

    Path file() {
        return folder.resolve("application.properties");
    }

    Settings load(String properties) throws IOException {
        return load(properties, Map.of(), Map.of());
    }

    Settings load(String properties, Map<String, String> environment, Map<String, String> overrides)
            throws IOException {
        Files.writeString(file(), properties);
        return Settings.load(file(), environment, overrides);
    }

    /** The mistakes in {@code properties}, each as {@code line: sentence}. */
    List<String> mistakes(String properties) throws IOException {
        return mistakes(properties, Map.of(), Map.of());
    }

    List<String> mistakes(String properties, Map<String, String> environment, Map<String, String> overrides)
            throws IOException {
        Files.writeString(file(), properties);
        return Settings.read(file(), environment, overrides, UnaryOperator.identity()).mistakes().stream()
                .map(mistake -> mistake.toString().replace(file() + ":", ""))
                .toList();
    }
}
