package health.ferry.hami;

/**
 * What stands in a place of a rejected bundle.
 *
 * @param fullUrl of the entry
 * @param input where its resource came from: place, type, and id if it had one
 */
record RejectedEntry(String fullUrl, String input) {}
