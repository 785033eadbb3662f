package streamingml.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers that libphonenumber gives as examples of every country. */
final class PhoneExampleTest {

  @ParameterizedTest
  @EnumSource(names = { "E164", "INTERNATIONAL", "RFC3966" })
  void masksNumbersOfEveryCountryWithItsCode(PhoneNumberFormat format) {
    List<PhoneExample> examples = PhoneExample.in(format);
    assertTrue(examples.size() > 400);
    List<PhoneExample> left = examples
      .stream()
      .filter(
        one ->
          !PersonalData.mask("call " + one.written() + " now").matches(
            "call (?:tel:)?\\[phone\\] now"
          )
      )
      .toList();
    assertEquals(List.of(), left);
  }

  @Test
  void masksNumbersWithoutACodeOfTheCountriesItKnows() {
    List<PhoneExample> examples = PhoneExample.in(PhoneNumberFormat.NATIONAL)
      .stream()
      .filter(PhoneExample::isOfKnownPlan)
      .toList();
    assertTrue(examples.size() > 120);
    assertEquals(
      List.of(),
      examples
        .stream()
        .filter(one -> !one.isMasked())
        .toList()
    );
  }

  @Test
  void masksMostNumbersWithoutACodeOfAllOthers() {
    List<PhoneExample> others = PhoneExample.in(PhoneNumberFormat.NATIONAL)
      .stream()
      .filter(one -> !one.isOfKnownPlan())
      .toList();
    long masked = others.stream().filter(PhoneExample::isMasked).count();
    assertTrue(2 * masked > others.size(), masked + " of " + others.size());
  }
}
