package streamingml.events;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Recall, precision and time of masks. The last line of standard
 * output is one JSON object; the argument is a file whose lines hold a post each.
 */
public final class MaskingMeasurement {

  private static final int REPETITIONS = 20;

  private MaskingMeasurement() {}

  /** How many of some things have a property. */
  private record Share(long found, long all) {
    static <T> Share of(List<T> things, Predicate<T> property) {
      return new Share(things.stream().filter(property).count(), things.size());
    }

    @Override
    public String toString() {
      return "{\"found\":%d,\"all\":%d}".formatted(found, all);
    }
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    List<MaskedText> texts = MaskedText.all();
    List<MaskedText> masked = texts
      .stream()
      .filter(one -> !PersonalData.mask(one.text()).equals(one.text()))
      .toList();
    List<PhoneExample> national = PhoneExample.in(PhoneNumberFormat.NATIONAL);
    System.out.printf(
      Locale.ROOT,
      "{\"recall\":%s,\"precision\":%s,\"withCode\":%s,\"knownPlans\":%s,\"otherPlans\":%s,\"microsecondsPerPost\":%.3f}%n",
      Share.of(texts.stream().filter(MaskedText::holdsData).toList(), one ->
        PersonalData.mask(one.text()).equals(one.masked())
      ),
      Share.of(masked, MaskedText::holdsData),
      Share.of(PhoneExample.in(PhoneNumberFormat.INTERNATIONAL), PhoneExample::isMasked),
      Share.of(
        national.stream().filter(PhoneExample::isOfKnownPlan).toList(),
        PhoneExample::isMasked
      ),
      Share.of(
        national
          .stream()
          .filter(one -> !one.isOfKnownPlan())
          .toList(),
        PhoneExample::isMasked
      ),
      medianMicroseconds(Files.readAllLines(Path.of(arguments[0]), StandardCharsets.ISO_8859_1))
    );
  }

  /** Time of the processor for one post, the median of the later half of the repetitions. */
  private static double medianMicroseconds(List<String> posts) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double[] taken = new double[REPETITIONS];
    long characters = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      long start = clock.getCurrentThreadCpuTime();
      for (String post : posts) {
        characters += PersonalData.mask(post).length();
      }
      taken[repetition] = (clock.getCurrentThreadCpuTime() - start) / 1000.0 / posts.size();
    }
    if (characters == 0) {
      throw new IllegalArgumentException("There are no posts to measure with.");
    }
    double[] warm = Arrays.copyOfRange(taken, REPETITIONS / 2, REPETITIONS);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
