/** From the ZIPs of a native export to one checked tree on disk (facts/notion-export.md §2.1–2.4). */
package dev.saddlebag.export.archive;
