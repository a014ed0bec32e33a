/** What keeps vaults in order between runs: verification by turns, and prunes. */
package dev.saddlebag.upkeep;
