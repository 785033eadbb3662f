package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) of values that the lake must not store themselves. Not thread-safe.
 *
 * <p>The key comes with each record, because it reaches the executors as data and never as part of a
 * plan; the authentication code is created again only when the key changes.
 */
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final HexFormat HEXADECIMAL = HexFormat.of();

  private byte[] key;
  private Mac code;

  /**
   * Sets the key for the following calls of {@link #of}.
   *
   * @throws IllegalArgumentException it is empty
   */
  void useKey(byte[] hashKey) {
    if (!Arrays.equals(hashKey, key)) {
      code = newCode(hashKey);
      key = hashKey.clone();
    }
  }

  /** Returns the authentication code of the UTF-8 bytes of {@code value}, in hexadecimal. */
  String of(String value) {
    return HEXADECIMAL.formatHex(code.doFinal(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static Mac newCode(byte[] hashKey) {
    try {
      Mac code = Mac.getInstance(ALGORITHM);
      code.init(new SecretKeySpec(hashKey, ALGORITHM));
      return code;
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException(
        "This Java runtime has no " + ALGORITHM + ", which every Java runtime must have.",
        exception
      );
    }
  }
}
