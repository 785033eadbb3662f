package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Fields that the contract lacks are counted in all objects of an event. */
final class UnknownFieldsTest {

  private static final byte[] KEY = "k".repeat(32).getBytes(StandardCharsets.UTF_8);
  private static final int REASON = 4;
  private static final int COUNT = 6;

  private final ReadEvent function = new ReadEvent(
    new EventContract(
      100_000,
      List.of(
        field(true, null, "id"),
        field(false, null, "device", "id"),
        field(false, null, "device", "place", "room"),
        field(false, new FieldRule.Items(0, 9), "tags")
      ),
      List.of(
        new ObjectRule(List.of("device"), false),
        new ObjectRule(List.of("device", "place"), false)
      )
    )
  );

  private static FieldRule field(boolean required, FieldRule.Items items, String... path) {
    return new FieldRule(
      List.of(path),
      String.join("_", path),
      FieldType.STRING,
      items,
      required,
      0,
      5,
      0,
      0,
      Set.of(),
      Set.of()
    );
  }

  private InternalRow read(String record) {
    return function.invoke(record.getBytes(StandardCharsets.UTF_8), 0, KEY);
  }

  /** The count of an event, which is written with apostrophes. */
  private int countOf(String event) {
    InternalRow row = read(event.replace('\'', '"'));
    assertEquals(null, row.getUTF8String(REASON));
    return row.getInt(COUNT);
  }

  @Test
  void isTheLastEntryOfTheRowAndNeverNull() {
    StructType type = (StructType) function.resultType();
    assertEquals("unknown_fields", type.fields()[COUNT].name());
    assertEquals("int", type.fields()[COUNT].dataType().sql().toLowerCase());
    assertFalse(type.fields()[COUNT].nullable());
    assertEquals(COUNT + 1, type.length());
  }

  @Test
  void countsNoneWhereTheContractKnowsAll() {
    assertEquals(0, countOf("{'id':'1'}"));
    assertEquals(
      0,
      countOf("{'id':'1','device':{'id':'2','place':{'room':'3'}},'tags':['a','b']}")
    );
    assertEquals(0, countOf("{'id':'1','id':'2','device':null,'tags':null}"));
  }

  @Test
  void countsAFieldOnceWhateverItHolds() {
    assertEquals(1, countOf("{'id':'1','more':null}"));
    assertEquals(1, countOf("{'more':[{'a':1,'b':2},3],'id':'1'}"));
    assertEquals(1, countOf("{'id':'1','more':{'id':'1','a':{'b':1,'c':2}}}"));
    assertEquals(3, countOf("{'':1,'id':'1','ID':2,'device_id':'3'}"));
  }

  @Test
  void countsThemInObjectsThatTheContractKnows() {
    assertEquals(1, countOf("{'id':'1','device':{'a':1}}"));
    assertEquals(
      4,
      countOf("{'id':'1','a':1,'device':{'b':1,'place':{'c':1,'room':'x','d':{}},'id':'2'}}")
    );
  }

  @Test
  void countsANameThatStandsTwiceTwice() {
    assertEquals(2, countOf("{'id':'1','a':1,'a':1}"));
    // Neither reached the lake, though the last object counts.
    assertEquals(2, countOf("{'id':'1','device':{'a':1},'device':{'b':1}}"));
    assertEquals(1, countOf("{'id':'1','device':{'a':1},'device':null}"));
  }

  @Test
  void countsNothingOfARefusedRecord() {
    String[] refused = {
      "{'a':1}", // no id
      "{'id':1,'a':1}", // of another type
      "{'id':'too long','a':1}",
      "{'id':'\\ud800','a':1}",
      "{'id':'1','a':1", // no JSON
      "{'id':'1','a':1} {}",
      "['a']",
    };
    for (String record : refused) {
      InternalRow row = read(record.replace('\'', '"'));
      assertFalse(row.isNullAt(REASON), record);
      assertEquals(0, row.getInt(COUNT), record);
    }
    assertEquals(0, function.invoke(null, 0, KEY).getInt(COUNT));
    assertEquals(0, read("x".repeat(100_001)).getInt(COUNT));
  }

  @Test
  void countsEachRecordByItself() {
    assertEquals(2, countOf("{'id':'1','a':1,'b':1}"));
    assertEquals(0, countOf("{'id':'1'}"));
    read("{\"a\":1}");
    assertEquals(1, countOf("{'id':'1','c':1}"));
    assertEquals(0, countOf("{'id':'1'}"));
  }

  @Test
  void countsMoreThanABoxedConstantHolds() {
    assertEquals(5000, countOf("{'id':'1'" + ",'a':1".repeat(5000) + "}"));
  }
}
