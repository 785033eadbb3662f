package streamingml.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of one JSON document after another, strictly as RFC 8259 defines it. If a field is
 * there twice, the last value counts, as for {@code JSON.parse}.
 */
final class EventDocument {

  // By default Jackson keeps every field name in a table that all later records share, and fails if
  // too many names collide in it. Its limits of depth and length are stricter than those of a record,
  // whose size is checked before it is parsed.
  private static final JsonFactory JSON = JsonFactory.builder()
    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
    .streamReadConstraints(
      StreamReadConstraints.builder()
        .maxNestingDepth(Integer.MAX_VALUE)
        .maxNumberLength(Integer.MAX_VALUE)
        .maxStringLength(Integer.MAX_VALUE)
        .build()
    )
    .build();

  private final UnknownFields unknown = new UnknownFields();
  private final ObjectValue root = new ObjectValue("", true, unknown);
  private final Member[] members;
  private final FieldValue[] fields;
  private boolean hasEscapes;

  EventDocument(EventContract contract, Pseudonyms pseudonyms) {
    List<Member> all = new ArrayList<>();
    List<FieldValue> values = new ArrayList<>();
    for (FieldRule rule : contract.fields()) {
      FieldValue value = FieldValues.of(rule, pseudonyms);
      place(rule.path(), value, contract.objects(), all);
      values.add(value);
    }
    members = all.toArray(Member[]::new);
    fields = values.toArray(FieldValue[]::new);
  }

  /** Adds a field at its path, with the objects of the path that do not exist yet. */
  private void place(
    List<String> path,
    FieldValue value,
    List<ObjectRule> objects,
    List<Member> all
  ) {
    ObjectValue parent = null;
    ObjectValue object = root;
    for (int depth = 1; depth < path.size(); depth++) {
      List<String> way = path.subList(0, depth);
      ObjectValue next = object.object(way.get(depth - 1));
      if (next == null) {
        boolean isRequired = objects
          .stream()
          .anyMatch(one -> one.path().equals(way) && one.required());
        next = new ObjectValue(String.join(".", way), isRequired, unknown);
        next.setParent(parent);
        object.add(way.get(depth - 1), next);
        all.add(next);
      }
      parent = next;
      object = next;
    }
    value.setParent(parent);
    object.add(path.get(path.size() - 1), value);
    all.add(value);
  }

  /**
   * Reads the next document.
   *
   * @param document the decoded text
   * @return why its form is not that of an event; null if it is
   */
  Refusal read(String document) {
    // UTF-8 has no unpaired surrogates, so only an escape can produce one.
    hasEscapes = document.indexOf('\\') >= 0;
    unknown.clear();
    try (JsonParser parser = JSON.createParser(document)) {
      JsonToken token = parser.nextToken();
      boolean isObject = token != null && root.take(parser, token);
      parser.skipChildren();
      JsonToken next = token == null ? null : parser.nextToken();
      if (token == JsonToken.START_OBJECT && next == JsonToken.START_OBJECT) {
        return Refusal.of(QuarantineReason.SEVERAL_DOCUMENTS);
      }
      if (token == null || next != null) {
        return Refusal.of(QuarantineReason.NOT_JSON);
      }
      return isObject ? defect() : Refusal.of(QuarantineReason.NOT_AN_OBJECT);
    } catch (JacksonException exception) {
      return Refusal.of(QuarantineReason.NOT_JSON);
    } catch (IOException exception) {
      throw new UncheckedIOException("A text in memory could not be read.", exception);
    }
  }

  private Refusal defect() {
    Member wrong = null;
    for (Member member : members) {
      if (member.isMissing()) {
        return new Refusal(QuarantineReason.MISSING_FIELD, member.name());
      }
      if (wrong == null && member.isOfWrongType()) {
        wrong = member;
      }
    }
    return wrong == null ? null : new Refusal(QuarantineReason.WRONG_TYPE, wrong.name());
  }

  /**
   * Returns the first rule that the values of the document break, null if they break none.
   *
   * @param batchTime the clock of the micro-batch, in microseconds since 1970
   */
  Refusal broken(long batchTime) {
    if (hasEscapes) {
      for (FieldValue field : fields) {
        if (field.isPresent() && !field.isUnicode()) {
          return new Refusal(QuarantineReason.NOT_UNICODE, field.name());
        }
      }
    }
    for (FieldValue field : fields) {
      QuarantineReason reason = field.isPresent() ? field.broken(batchTime) : null;
      if (reason != null) {
        return new Refusal(reason, field.name());
      }
    }
    return null;
  }

  /** The number of fields of the document that the contract does not have. */
  int unknownFields() {
    return unknown.number();
  }

  /** Writes the lake's value of each field into {@code row}, null if it is absent. */
  void store(Object[] row) {
    for (int index = 0; index < fields.length; index++) {
      FieldValue field = fields[index];
      row[index] = field.isPresent() ? field.stored() : null;
    }
  }
}
