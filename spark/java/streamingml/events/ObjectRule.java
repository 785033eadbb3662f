package streamingml.events;

import java.io.Serializable;
import java.util.List;

/**
 * What the contract says of an object inside the event.
 *
 * @param path the names that lead to it in the JSON, its own last
 * @param required absent or null sends the record to quarantine, once the object around it is there
 */
record ObjectRule(List<String> path, boolean required) implements Serializable {}
