import { runCommand, stopRunningCommands } from "../../tools/command";
import { inRepository, logFile, python } from "../../tools/paths";
import { onInterrupt } from "../../tools/progress";
import { JAVA_FUZZERS } from "./javaFuzzers";
import { runJazzer } from "./jazzer";

/** Times as many values as a build tries of what is fuzzed in TypeScript and in Python. */
const FACTOR = 40;

type Executions = Map<string, number>;
type Fuzzing = (counted: Executions) => Promise<void>;

const COUNT = /^executions of (.+): (\d+)$/;

/** Runs the fuzzers that are tests, whose output has a line for each count. */
function testRunner(command: string, commandArguments: readonly string[], log: string): Fuzzing {
  return async (counted) => {
    await runCommand(command, commandArguments, {
      logPath: logFile(log),
      cwd: inRepository(),
      environment: { FUZZ_FACTOR: String(FACTOR) },
      onLine: (line) => {
        const [, name, count] = COUNT.exec(line) ?? [];
        if (name !== undefined) {
          counted.set(name, (counted.get(name) ?? 0) + Number(count));
        }
      },
    });
  };
}

const ofJava: readonly Fuzzing[] = JAVA_FUZZERS.map(
  ({ name, className, executions, seeds }) =>
    async (counted) => {
      const first = seeds.map((seed) => Buffer.from(seed, "latin1"));
      counted.set(name, await runJazzer({ className, executions, seeds: first }));
    },
);

const ofTests: readonly Fuzzing[] = [
  testRunner(
    "npx",
    ["mocha", "--timeout", "1200000", "--ignore", "tests/fuzzing/java.spec.ts"].concat(
      "tests/fuzzing/*.spec.ts",
    ),
    "fuzz-typescript",
  ),
  testRunner(python, ["-m", "pytest", "tests/python/fuzzing"], "fuzz-python"),
];

/** The long form of all fuzzers, as the drill `fuzz` runs it: its last line is the outcome. */
async function main(): Promise<void> {
  const counted: Executions = new Map();
  const complaints: string[] = [];
  const oneAfterTheOther = async (fuzzings: readonly Fuzzing[]): Promise<void> => {
    for (const fuzzing of fuzzings) {
      try {
        await fuzzing(counted);
      } catch (error) {
        complaints.push((error as Error).message);
      }
      console.log([...counted].map(([name, count]) => `${name} ${count}`).join(", "));
    }
  };
  // Each keeps one core busy.
  await Promise.all([oneAfterTheOther(ofJava), oneAfterTheOther(ofTests)]);
  const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
  const figures = { executions: total, ...Object.fromEntries(counted) };
  console.log(JSON.stringify({ figures, complaints }));
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

onInterrupt(stopRunningCommands);
void main();
