package dev.saddlebag.destination;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/**
 * What a destination of the kind {@code git} is set to.
 *
 * @param remote the repository that gets the commits
 * @param branch the branch there; the name of the workspace when it is empty
 * @param login as whom to connect by SSH; empty for a remote that is reached otherwise
 * @param user of a remote that is reached by HTTP
 * @param password of that user, or what a host takes in its place
 * @param sign whether commits get a signature
 * @param largestFile the size in bytes above which a file is left out of the tree
 * @param content which files of a snapshot become the tree
 * @param stateDirectory where this host keeps what it remembers
 */
record GitSettings(
        URIish remote,
        Optional<String> branch,
        Optional<SshConnection.Login> login,
        Optional<String> user,
        Optional<String> password,
        String authorName,
        String authorEmail,
        boolean sign,
        long largestFile,
        GitContent content,
        Path stateDirectory) {
    private static final int SSH_PORT = 22;
    private static final long MIB = 1 << 20;

    /** @throws IllegalArgumentException when an option is wrong */
    static GitSettings of(Options options) {
        URIish remote = remote(options.required("remote"));
        return new GitSettings(
                remote,
                options.text("branch"),
                isSsh(remote) ? Optional.of(login(remote, options)) : Optional.empty(),
                options.text("user"),
                password(remote, options),
                options.text("author-name").orElse("Saddlebag"),
                options.text("author-email").orElse("saddlebag@localhost"),
                options.flag("sign", false),
                options.number("largest-file", 1, 50) * MIB,
                GitContent.parse(options.text("content").orElse(GitContent.READABLE.word())),
                Path.of(options.required("state-directory")));
    }

    private static URIish remote(String text) {
        try {
            return new URIish(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the option remote must be a path or an address of a git repository", e);
        }
    }

    private static boolean isSsh(URIish remote) {
        return remote.isRemote()
                && (remote.getScheme() == null || remote.getScheme().equals("ssh"));
    }

    boolean isHttp() {
        return remote.getScheme() != null && remote.getScheme().startsWith("http");
    }

    private static SshConnection.Login login(URIish remote, Options options) {
        String user = Optional.ofNullable(remote.getUser())
                .or(() -> options.text("user"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "neither the address of the remote names a user, as git@ does, nor the option user"));
        SshConnection.Login login = SshConnection.Login.of(
                remote.getHost(), remote.getPort() < 0 ? SSH_PORT : remote.getPort(), user, options);
        return login;
    }

    private static Optional<String> password(URIish remote, Options options) {
        Optional<String> password = options.text("password");
        boolean here = "localhost".equals(remote.getHost()) || "127.0.0.1".equals(remote.getHost());
        if (password.isPresent() && "http".equals(remote.getScheme()) && !here) {
            throw new IllegalArgumentException(
                    "the option password would go over the network for all to read; let remote begin with https://");
        }
        return password;
    }

    /** The remote as people call it, without anything secret. */
    String place() {
        return remote.toString();
    }

    /** The remote when it is a path of this machine. */
    Optional<Path> folder() {
        return remote.isRemote() ? Optional.empty() : Optional.of(Path.of(remote.getPath()));
    }

    /**
     * The branch of {@code workspace}.
     *
     * @throws IllegalArgumentException when git knows no branch of such a name
     */
    String branch(String workspace) {
        String name = branch.orElse(workspace);
        if (!Repository.isValidRefName(Constants.R_HEADS + name)) {
            throw new IllegalArgumentException("the option branch is \"" + name + "\", which git takes for no branch");
        }
        return name;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "git " + place() + " " + branch.orElse("");
    }

    static boolean isRepository(Path folder) {
        boolean bare = Files.isDirectory(folder.resolve("objects")) && Files.exists(folder.resolve("HEAD"));
        return bare || Files.exists(folder.resolve(".git"));
    }
}
