/** More digits than any integer of a contract has. */
const MOST_DIGITS = 18;

const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * The whole number that a JSON number is by its value, as `1.0` and `1e3` are; `1e999999999` is never written out.
 *
 * @returns undefined for a number with a fraction, plus or minus infinity for one beyond every contract's bounds
 */
export function wholeNumber(text: string): number | undefined {
  const [, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  const written = (whole + fraction).replace(/^0+/, "");
  const digits = written.replace(/0+$/, "");
  if (digits === "") {
    return 0;
  }
  const power = Number(exponent) - fraction.length + (written.length - digits.length);
  if (power < 0) {
    return undefined;
  }
  const value = digits.length + power > MOST_DIGITS ? Infinity : Number(digits + "0".repeat(power));
  return text.startsWith("-") ? -value : value;
}
