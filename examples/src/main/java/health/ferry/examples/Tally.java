package health.ferry.examples;

/**
 * How far work that is counted has come.
 *
 * @param note what else there is to say, such as how fast it goes; may be empty
 */
record Tally(long done, long all, String note) {}
