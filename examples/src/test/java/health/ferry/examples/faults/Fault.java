package health.ferry.examples.faults;

/** What a server does instead of answering as it should. */
@FunctionalInterface
interface Fault {

  Answer commit(Incident incident);
}
