package streamingml.kinesis.reading.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import streamingml.relocated.com.google.protobuf.CodedOutputStream;

/** Writes aggregated records, also invalid ones; mark and digest are always correct. */
final class AggregatedRecordWriter {

  private static final byte[] MARK = { (byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2 };

  private final Fields message = new Fields();

  AggregatedRecordWriter key(String key) {
    message.writeBytes(1, key.getBytes(UTF_8));
    return this;
  }

  AggregatedRecordWriter hashKey(String key) {
    message.writeBytes(2, key.getBytes(UTF_8));
    return this;
  }

  AggregatedRecordWriter record(Consumer<Fields> write) {
    Fields record = new Fields();
    write.accept(record);
    message.writeBytes(3, record.bytes());
    return this;
  }

  byte[] bytes() {
    return packed(message.bytes());
  }

  /** Marks any bytes as an aggregated record. */
  static byte[] packed(byte[] message) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(MARK);
    packed.writeBytes(message);
    try {
      packed.writeBytes(MessageDigest.getInstance("MD5").digest(message));
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException(error);
    }
    return packed.toByteArray();
  }

  /** Fields of one message. */
  static final class Fields {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream output = CodedOutputStream.newInstance(bytes);

    Fields writeUInt64(int field, long value) {
      return write(() -> output.writeUInt64(field, value));
    }

    Fields writeBytes(int field, String text) {
      return writeBytes(field, text.getBytes(UTF_8));
    }

    Fields writeBytes(int field, byte[] value) {
      return write(() -> output.writeByteArray(field, value));
    }

    Fields writeRaw(int... values) {
      return write(() -> {
        for (int value : values) {
          output.write((byte) value);
        }
      });
    }

    byte[] bytes() {
      write(output::flush);
      return bytes.toByteArray();
    }

    private Fields write(Write write) {
      try {
        write.run();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
      return this;
    }

    private interface Write {
      void run() throws IOException;
    }
  }
}
