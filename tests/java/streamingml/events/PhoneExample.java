package streamingml.events;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A number that libphonenumber gives as an example of a country's.
 *
 * @param country its two letters
 * @param written in one of the library's forms
 */
record PhoneExample(String country, String written) {
  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

  /** Returns a fixed and a mobile number of every country that has some, in one form. */
  static List<PhoneExample> in(PhoneNumberFormat format) {
    List<PhoneExample> examples = new ArrayList<>();
    for (String country : new TreeSet<>(LIBRARY.getSupportedRegions())) {
      for (var type : List.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)) {
        var number = LIBRARY.getExampleNumberForType(country, type);
        if (number != null) {
          examples.add(new PhoneExample(country, LIBRARY.format(number, format)));
        }
      }
    }
    return examples;
  }

  /** Whether nothing of it is left in a sentence. */
  boolean isMasked() {
    return PersonalData.mask("call " + written + " now").equals("call [phone] now");
  }

  /** Whether numbers of the country are looked for without its code. */
  boolean isOfKnownPlan() {
    return NumberingPlans.COUNTRIES.contains(country);
  }
}
