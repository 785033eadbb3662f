package streamingml.events;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text around digits, which decides what they are and where a number ends. */
final class PhoneContext {

  /** Beginnings of links to a chat or a call, in lower case. */
  private static final List<String> LINKS = List.of("tel:", "sms:", "callto:", "wa.me/", "phone=");

  private static final int LONGEST_LINK = 7;
  private static final Pattern EXTENSION = Pattern.compile(
    "[ ,;]{0,2}(?:extension|ext\\.?|x)[ .:]?\\d{1,7}(?!\\w)",
    Pattern.CASE_INSENSITIVE
  );
  private static final int LONGEST_EXTENSION = 22;

  private PhoneContext() {}

  /** Leaves out the minutes of a time before the number, and the hours of one after it: 10:30 555-1234. */
  static List<DigitGroup> withoutTimes(String text, List<DigitGroup> groups) {
    int start = groups.get(0).start();
    int end = groups.get(groups.size() - 1).end();
    boolean isBehindTime =
      start >= 2 &&
      text.charAt(start - 1) == ':' &&
      PhoneCharacters.digit(text.charAt(start - 2)) >= 0;
    boolean isBeforeTime =
      end + 1 < text.length() &&
      text.charAt(end) == ':' &&
      PhoneCharacters.digit(text.charAt(end + 1)) >= 0;
    int first = isBehindTime ? 1 : 0;
    int last = groups.size() - (isBeforeTime ? 1 : 0);
    return first < last ? groups.subList(first, last) : List.of();
  }

  static boolean hasPlus(String text, int start) {
    return plus(text, start) >= 0;
  }

  /** Whether the digits are in a link to call or text a phone. */
  static boolean isTelephoneLink(String text, PhoneCandidate candidate) {
    int start = candidate.group(0).start();
    int plus = plus(text, start);
    int end = plus >= 0 ? plus : start;
    String before = text.substring(Math.max(0, end - LONGEST_LINK), end);
    return LINKS.stream().anyMatch(link -> endsWithIgnoringCase(before, link));
  }

  /** Whether it is part of a word or path, an amount of money, a percentage or a number after {@code #}. */
  static boolean isNoNumber(String text, PhoneCandidate candidate) {
    int start = candidate.group(0).start();
    int end = candidate.group(candidate.groups().size() - 1).end();
    return (
      (!candidate.hasPlus() && isCounted(text, start, candidate.isGrouped())) ||
      isMeasured(text, end)
    );
  }

  private static boolean isCounted(String text, int start, boolean isGrouped) {
    if (start == 0) {
      return false;
    }
    char before = text.charAt(start - 1);
    if (PhoneCharacters.isOfWord(before) || (!isGrouped && PhoneCharacters.isSlash(before))) {
      return true;
    }
    char sign = start > 1 && PhoneCharacters.isSpace(before) ? text.charAt(start - 2) : before;
    return sign == '#' || sign == '\u2116' || isCurrency(sign);
  }

  private static boolean isMeasured(String text, int end) {
    if (end == text.length()) {
      return false;
    }
    char behind = text.charAt(end);
    if (PhoneCharacters.isOfWord(behind)) {
      return extensionEnd(text, end) == end;
    }
    char sign =
      end + 1 < text.length() && PhoneCharacters.isSpace(behind) ? text.charAt(end + 1) : behind;
    return sign == '%' || isCurrency(sign);
  }

  private static boolean isCurrency(char character) {
    return Character.getType(character) == Character.CURRENCY_SYMBOL;
  }

  /** Returns the start of a number, including its plus and the opening bracket of a pair. */
  static int start(String text, List<DigitGroup> groups, int earliest) {
    int first = groups.get(0).start();
    int plus = plus(text, first);
    int start = plus >= earliest ? plus : first;
    boolean closes = groups
      .stream()
      .skip(1)
      .map(DigitGroup::gap)
      .filter(gap -> (gap & (DigitGroup.CLOSING | DigitGroup.OPENING)) != 0)
      .findFirst()
      .filter(gap -> (gap & DigitGroup.CLOSING) != 0)
      .isPresent();
    return closes && start > earliest && PhoneCharacters.isOpening(text.charAt(start - 1))
      ? start - 1
      : start;
  }

  /** Returns the end of a number, including the closing bracket of a pair and its extension. */
  static int end(String text, List<DigitGroup> groups) {
    int end = groups.get(groups.size() - 1).end();
    boolean opens = (groups.get(groups.size() - 1).gap() & DigitGroup.OPENING) != 0;
    if (
      opens &&
      groups.size() > 1 &&
      end < text.length() &&
      PhoneCharacters.isClosing(text.charAt(end))
    ) {
      end++;
    }
    return extensionEnd(text, end);
  }

  private static int extensionEnd(String text, int end) {
    Matcher matcher = EXTENSION.matcher(text).region(
      end,
      Math.min(text.length(), end + LONGEST_EXTENSION)
    );
    return matcher.useTransparentBounds(true).lookingAt() ? matcher.end() : end;
  }

  /** Returns the index of the plus before digits; a bracket or a space, and invisible marks, may be between. */
  private static int plus(String text, int start) {
    int position = start - 1;
    int seen = 0;
    for (int steps = 0; position >= 0 && steps < LONGEST_LINK; steps++, position--) {
      char character = text.charAt(position);
      if (PhoneCharacters.isPlus(character)) {
        return position;
      }
      if (PhoneCharacters.isOpening(character) || PhoneCharacters.isSpace(character)) {
        seen++;
      } else if (!PhoneCharacters.isInvisible(character)) {
        return -1;
      }
      if (seen > 1) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean endsWithIgnoringCase(String text, String end) {
    return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
  }
}
