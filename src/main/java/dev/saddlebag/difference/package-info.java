/**
 * What two snapshots of a vault differ in: which pages, rows and databases came, went, moved, got another name or other
 * content. The catalogues of both are merged as they are read, and only the content of what changed is fetched.
 */
package dev.saddlebag.difference;
