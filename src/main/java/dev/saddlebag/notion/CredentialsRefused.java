package dev.saddlebag.notion;

/** Marks what says that the credentials of a workspace are no good: a person must give new ones. */
public interface CredentialsRefused {}
