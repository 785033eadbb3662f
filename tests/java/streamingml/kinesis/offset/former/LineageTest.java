package streamingml.kinesis.offset.former;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import streamingml.kinesis.offset.Position;
import streamingml.kinesis.offset.ShardOffset;
import streamingml.kinesis.stream.SequenceNumber;
import streamingml.kinesis.stream.Shard;

/** Shard P was split into C and D, later C into E and F. */
final class LineageTest {

  private static final Instant STOPPED_AT = Instant.parse("2026-11-29T06:00:00Z");
  private static final Position BEGINNING = new Position.TrimHorizon();
  private static final Position END = new Position.End();
  private static final Position AFTER = new Position.After(
    SequenceNumber.of("7"),
    Optional.empty()
  );

  private static final List<Shard> SPLIT = List.of(
    new Shard("P", List.of()),
    new Shard("C", List.of("P")),
    new Shard("D", List.of("P"))
  );
  private static final List<Shard> SPLIT_TWICE = List.of(
    new Shard("P", List.of()),
    new Shard("C", List.of("P")),
    new Shard("D", List.of("P")),
    new Shard("E", List.of("C")),
    new Shard("F", List.of("C"))
  );

  private static Map<String, ShardOffset> offsets(Map<String, Position> known, List<Shard> listed) {
    return new Lineage(known, listed).offsets(STOPPED_AT);
  }

  private static ShardOffset at(Position position, String... waitsFor) {
    return new ShardOffset(position, Optional.empty(), Optional.empty(), List.of(waitsFor));
  }

  /** A shard that was opened and never read: all it holds came after the connector had stopped, or shortly before. */
  private static ShardOffset begins(String... waitsFor) {
    return new ShardOffset(BEGINNING, Optional.empty(), Optional.of(STOPPED_AT), List.of(waitsFor));
  }

  @Test
  void letsAChildWaitWhereItStandsForAParentWithUnreadRecords() {
    assertEquals(
      Map.of("P", at(AFTER), "C", at(AFTER, "P"), "D", begins("P")),
      offsets(Map.of("P", AFTER, "C", AFTER, "D", BEGINNING), SPLIT)
    );
  }

  @Test
  void readsChildrenOnWhoseParentWasReadToItsEnd() {
    assertEquals(
      Map.of("C", at(AFTER), "D", begins()),
      offsets(Map.of("P", END, "C", AFTER, "D", BEGINNING), SPLIT)
    );
  }

  @Test
  void beginsChildrenThatWereOpenedAfterTheLastMicroBatch() {
    Map<String, ShardOffset> begun = Map.of("C", begins(), "D", begins());
    assertEquals(begun, offsets(Map.of("P", END), SPLIT));
    // The parent's records have expired meanwhile.
    assertEquals(begun, offsets(Map.of("P", END), SPLIT.subList(1, 3)));
    assertEquals(
      Map.of("P", at(AFTER), "C", begins("P"), "D", begins("P")),
      offsets(Map.of("P", AFTER), SPLIT)
    );
  }

  @Test
  void keepsAShardWhoseChildrenAreNotListedYet() {
    assertEquals(Map.of("P", at(END)), offsets(Map.of("P", END), SPLIT.subList(0, 1)));
  }

  @Test
  void keepsAFinishedShardUntilItsParentIsFinishedToo() {
    Map<String, ShardOffset> expected = Map.of(
      "P",
      at(AFTER),
      "C",
      at(END),
      "D",
      at(AFTER, "P"),
      "E",
      at(AFTER, "C", "P"),
      "F",
      begins("C", "P")
    );
    assertEquals(
      expected,
      offsets(Map.of("P", AFTER, "C", END, "D", AFTER, "E", AFTER), SPLIT_TWICE)
    );
    // The connector finished it so long ago that its files are gone.
    assertEquals(expected, offsets(Map.of("P", AFTER, "D", AFTER, "E", AFTER), SPLIT_TWICE));
  }

  @Test
  void forgetsWhatIsReadWhereEverythingThatFollowedIsKnown() {
    assertEquals(
      Map.of("D", at(AFTER), "E", at(AFTER), "F", at(AFTER)),
      offsets(Map.of("P", END, "C", END, "D", AFTER, "E", AFTER, "F", AFTER), SPLIT_TWICE)
    );
    assertEquals(
      Map.of("D", at(AFTER), "E", at(AFTER), "F", at(AFTER)),
      offsets(Map.of("D", AFTER, "E", AFTER, "F", AFTER), SPLIT_TWICE)
    );
  }

  @Test
  void waitsForTheOneOfTwoMergedShardsThatIsNotRead() {
    List<Shard> merged = List.of(
      new Shard("A", List.of()),
      new Shard("B", List.of()),
      new Shard("M", List.of("A", "B"))
    );
    assertEquals(
      Map.of("B", at(AFTER), "M", at(AFTER, "B")),
      offsets(Map.of("A", END, "B", AFTER, "M", AFTER), merged)
    );
  }

  @Test
  void keepsAPositionInAShardThatIsNoLongerListedSoThatItsLossIsNoticed() {
    assertEquals(
      Map.of("C", at(AFTER), "D", at(AFTER), "P", at(AFTER)),
      offsets(
        Map.of("P", AFTER, "C", AFTER, "D", AFTER),
        List.of(new Shard("C", List.of()), new Shard("D", List.of()))
      )
    );
  }
}
