package streamingml.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) of what the lake must not hold in clear. Not safe for use by several threads.
 *
 * <p>The key comes with each record, because it reaches the executors as data of the query and never
 * as a part of its plan; the authentication code is made anew only when the key changes.
 */
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final HexFormat HEXADECIMAL = HexFormat.of();

  private byte[] key;
  private Mac code;

  /**
   * Takes the key of the calls of {@link #of} that follow.
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
        "This Java has no " + ALGORITHM + ", which every Java must have.",
        exception
      );
    }
  }
}
