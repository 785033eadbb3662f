/**
 * Option of Node for processes of seconds, in megabytes: with its default of 16, what they make is collected again and
 * again.
 */
export const LARGE_YOUNG_GENERATION = "--max-semi-space-size=64";
