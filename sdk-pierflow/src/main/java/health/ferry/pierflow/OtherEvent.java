package health.ferry.pierflow;

/** An event that has no class of its own, passed on as it came. */
final class OtherEvent extends PierflowEvent {

  OtherEvent(EventMessage message, boolean repeated) {
    super(message, repeated);
  }
}
