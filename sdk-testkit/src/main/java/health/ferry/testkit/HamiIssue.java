package health.ferry.testkit;

/**
 * One finding of HAMI's validation, as its 422 tells it.
 *
 * @param resourceType such as {@code Patient}
 * @param field the path below the resource, such as {@code birthDate}
 * @param rule what the message says of the field, such as {@code must be a valid date}
 * @param issue what {@code details} says, such as {@code Invalid date format}
 */
public record HamiIssue(String resourceType, String field, String rule, String issue) {}
