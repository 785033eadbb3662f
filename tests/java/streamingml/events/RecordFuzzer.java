package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * Any bytes get a verdict of their contract, the same one after any other record, and never
 * {@code unreadable}, which means a defect of the job. Jackson's tree says what is JSON, Java's decoder what is UTF-8.
 */
public final class RecordFuzzer {

  private static final byte[] KEY = "k".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final long NOW = 1_764_374_400_000_000L;
  private static final byte[] ANOTHER = "{\"id\":\"other\",\"a\":{\"b\":{\"n\":1}}}".getBytes(
    StandardCharsets.UTF_8
  );
  private static final List<ReadEvent> READERS = FuzzedContracts.ALL.stream()
    .map(ReadEvent::new)
    .toList();
  /** Bytes that are not UTF-8 and begin as zlib's do may have been text in another encoding. */
  private static final Set<String> NO_TEXT = Set.of("not_utf8", "compressed");

  private static final Set<String> NO_DOCUMENT = Set.of("not_json", "several_documents");
  private static final int DEPTH_OF_THE_TREE = 500;
  private static final JsonMapper JSON = JsonMapper.builder()
    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
    .build();

  static {
    JSON.getFactory().setStreamReadConstraints(
      StreamReadConstraints.builder()
        .maxNestingDepth(DEPTH_OF_THE_TREE)
        .maxNumberLength(Integer.MAX_VALUE)
        .build()
    );
  }

  private RecordFuzzer() {}

  /** Reads what follows the first byte, which chooses the contract. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int chosen = Byte.toUnsignedInt(input[0]) % READERS.size();
    ReadEvent reader = READERS.get(chosen);
    byte[] record = Arrays.copyOfRange(input, 1, input.length);
    Object[] row = read(reader, record);
    String reason = Objects.toString(row[row.length - 3], null);
    assertNotEquals("unreadable", reason);
    read(reader, ANOTHER);
    assertArrayEquals(row, read(reader, record), "the verdict depends on what was read before");
    if (record.length <= FuzzedContracts.ALL.get(chosen).maximumRecordBytes()) {
      assertEquals(isUtf8(record), !isOneOf(NO_TEXT, reason));
      checkJson(record, reason);
    }
    if (reason != null) {
      checkNothingIsKept(row);
    }
  }

  private static Object[] read(ReadEvent reader, byte[] record) {
    InternalRow row = reader.invoke(record, NOW, KEY);
    return ((GenericInternalRow) row).values();
  }

  private static void checkNothingIsKept(Object[] row) {
    for (int column = 0; column < row.length - 3; column++) {
      assertEquals(null, row[column], "a refused record has a value");
    }
    assertEquals(0, row[row.length - 1]);
  }

  private static void checkJson(byte[] record, String reason) {
    if (isOneOf(NO_TEXT, reason) || depth(record) > DEPTH_OF_THE_TREE) {
      return;
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(new String(record, StandardCharsets.UTF_8));
    } catch (JsonProcessingException error) {
      assertTrue(isOneOf(NO_DOCUMENT, reason), reason);
      return;
    }
    assertEquals(tree.isMissingNode(), "not_json".equals(reason));
    assertEquals(!tree.isMissingNode() && !tree.isObject(), "not_an_object".equals(reason));
  }

  private static boolean isOneOf(Set<String> reasons, String reason) {
    return reason != null && reasons.contains(reason);
  }

  /** At least the real depth, since brackets in strings count too. */
  private static int depth(byte[] record) {
    int brackets = 0;
    for (byte one : record) {
      brackets += one == '[' || one == '{' ? 1 : 0;
    }
    return brackets;
  }

  private static boolean isUtf8(byte[] record) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record));
      return true;
    } catch (CharacterCodingException error) {
      return false;
    }
  }
}
