package streamingml.kinesis.offset.former;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import streamingml.kinesis.offset.OffsetJson;
import streamingml.kinesis.offset.StreamOffset;
import streamingml.kinesis.stream.Shard;

/**
 * Whatever a former connector's checkpoint holds, the place it stopped at is known or refused with the way out; a place
 * that is known can be written as this source's own.
 */
public final class FormerOffsetFuzzer {

  private static final Instant CREATED_AT = Instant.parse("2026-11-01T00:00:00Z");
  private static final String END = "begin with a new job.generation.";
  private static final int MOST_SHARDS = 4;

  private FormerOffsetFuzzer() {}

  /** Makes a checkpoint, an offset in it and the stream's shards out of the input. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String offset = data.consumeString(400);
    FormerOffsets.isFormer(offset);
    FuzzedCheckpoint checkpoint = new FuzzedCheckpoint(offset, data);
    List<Shard> shards = shards(data);
    StreamOffset read;
    try {
      read = new FormerOffsets(checkpoint).read(offset, CREATED_AT, () -> shards);
    } catch (IllegalArgumentException error) {
      assertTrue(error.getMessage().endsWith(END), error.getMessage());
      return;
    }
    assertEquals(read, OffsetJson.read(OffsetJson.write(read)));
  }

  /** Any parents, also missing or circular ones. */
  private static List<Shard> shards(FuzzedDataProvider data) {
    List<Shard> shards = new ArrayList<>();
    int number = data.consumeInt(0, MOST_SHARDS);
    for (int index = 0; index < number; index++) {
      List<String> parents = new ArrayList<>();
      for (int count = data.consumeInt(0, 2); count > 0; count--) {
        parents.add(name(data.consumeInt(0, MOST_SHARDS)));
      }
      shards.add(new Shard(name(index), parents));
    }
    return shards;
  }

  private static String name(int index) {
    return "shardId-" + index;
  }

  /** Texts of the files of a checkpoint, as they come. */
  private static final class FuzzedCheckpoint implements FormerPositions {

    private final Optional<Begun> begun;
    private final Optional<Committed> committed;
    private final List<String> files = new ArrayList<>();
    private final long batch;

    FuzzedCheckpoint(String offset, FuzzedDataProvider data) {
      begun = data.consumeBoolean()
        ? Optional.of(new Begun(data.consumeLong(0, 9), offset))
        : Optional.empty();
      committed = data.consumeBoolean()
        ? Optional.of(
            new Committed(data.consumeLong(0, 9), CREATED_AT.plusSeconds(data.consumeInt(-1, 2)))
          )
        : Optional.empty();
      batch = data.consumeLong(-1, 9);
      for (int count = data.consumeInt(0, MOST_SHARDS); count > 0; count--) {
        files.add(data.consumeString(120));
      }
    }

    @Override
    public Optional<Begun> newestBegun() {
      return begun;
    }

    @Override
    public Optional<Committed> newestCommitted() {
      return committed;
    }

    @Override
    public List<Long> batches(String folder) {
      return List.of(batch);
    }

    @Override
    public List<String> shards(String folder, long number) {
      return number == batch
        ? files
            .stream()
            .map(file -> name(files.indexOf(file)))
            .distinct()
            .toList()
        : List.of();
    }

    @Override
    public String shardFile(String folder, long number, String shardId) {
      return files.get(Integer.parseInt(shardId.substring(name(0).length() - 1)));
    }
  }
}
