import fc from "fast-check";

/**
 * A build tries few values, the same ones each time; this many times as many, others each time, are the long form
 * (`make drill ONLY=fuzz`).
 */
const FACTOR = Number(process.env.FUZZ_FACTOR ?? 1);

/** Seed of a build's values. */
const SEED = 20261129;

/** Values of one property that may pass before it has to be done with one of them. */
const SECONDS_FOR_ONE = 5;

/**
 * Tries a function that must return for every value, and tells in the long form how often it was tried.
 *
 * @param name what is fuzzed
 * @param executions how many values a build tries
 * @throws Error with the smallest value found for which the function throws or takes seconds, and its seed
 */
export function fuzz<T>(
  name: string,
  executions: number,
  values: fc.Arbitrary<T>,
  check: (value: T) => void,
): void {
  let count = 0;
  const timed = (value: T): void => {
    count += 1;
    const started = performance.now();
    check(value);
    const seconds = (performance.now() - started) / 1000;
    if (seconds > SECONDS_FOR_ONE) {
      throw new Error(`One value took ${seconds.toFixed(1)} s.`);
    }
  };
  fc.assert(fc.property(values, timed), {
    numRuns: executions * FACTOR,
    ...(FACTOR === 1 ? { seed: SEED } : {}),
  });
  if (FACTOR > 1) {
    console.log(`executions of ${name}: ${count}`);
  }
}
