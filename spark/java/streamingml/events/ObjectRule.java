package streamingml.events;

import java.io.Serializable;
import java.util.List;

/**
 * The rules of an object inside the event.
 *
 * @param path names of the JSON objects around it, then its own name
 * @param required whether a record without it is refused, if the object around it is present
 */
record ObjectRule(List<String> path, boolean required) implements Serializable {}
