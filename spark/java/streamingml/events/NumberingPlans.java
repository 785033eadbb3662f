package streamingml.events;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.NumberFormat;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import java.util.List;

/**
 * The numbering plans that a number without a country code is tried with, because a text does not say
 * where it was written.
 *
 * <p>They are those of the countries with the most telephones, and of Europe. Every further plan masks
 * more numbers that are not phone numbers: left out are plans with seven or eight digits in two groups,
 * like two years.
 */
final class NumberingPlans {

  static final List<String> COUNTRIES = List.of(
    (
      "US CA MX BR AR CO PE CL VE GB IE FR DE AT CH NL BE ES PT IT GR SE NO DK FI PL CZ SK HU RO BG " +
      "UA RU TR IN PK BD LK CN JP KR TW TH VN ID PH MY IR IQ SA AE IL EG MA DZ NG KE ET GH ZA AU NZ"
    ).split(" ")
  );

  private static final List<NumberingPlan> PLANS = COUNTRIES.stream()
    .map(NumberingPlans::plan)
    .toList();

  private NumberingPlans() {}

  /** Whether a number fits the plan of some country. */
  static boolean accept(PhoneCandidate candidate) {
    for (NumberingPlan plan : PLANS) {
      if (plan.accepts(candidate)) {
        return true;
      }
    }
    return false;
  }

  private static NumberingPlan plan(String country) {
    PhoneMetadata metadata = DefaultMetadataDependenciesProvider.getInstance()
      .getPhoneNumberMetadataSource()
      .getMetadataForRegion(country);
    return new NumberingPlan(metadata, alternatives(metadata.getCountryCode()));
  }

  private static List<NumberFormat> alternatives(int countryCode) {
    String file = "data/PhoneNumberAlternateFormatsProto_" + countryCode;
    // The library warns of every country that has none.
    return PhoneNumberUtil.class.getResource(file) == null
      ? List.of()
      : DefaultMetadataDependenciesProvider.getInstance()
          .getAlternateFormatsMetadataSource()
          .getFormattingMetadataForCountryCallingCode(countryCode)
          .getNumberFormatList();
  }
}
