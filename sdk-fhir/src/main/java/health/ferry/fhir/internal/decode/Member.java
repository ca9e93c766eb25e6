package health.ferry.fhir.internal.decode;

/**
 * What a name in a JSON object stands for.
 *
 * @param child the element of the model
 * @param sibling whether it is the name with an underscore, which has what belongs to a primitive
 *     beside its value (<a href="https://hl7.org/fhir/R4/json.html#primitive">FHIR R4 JSON</a>)
 */
record Member(Child child, boolean sibling) {}
