const LONGEST = 120;

/** A value of JSON as a message shows it: cut to a readable length, however deep it is. */
export function shownValue(value: unknown): string {
  const text = jsonOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch (error) {
    if (error instanceof RangeError) {
      return "something nested too deep to be shown";
    }
    throw error;
  }
}
