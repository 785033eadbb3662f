import { Listr } from "listr2";

import { display, throttled } from "../../tools/progress";
import { LocalEnvironment } from "../environment/environment";

type Show = (line: string) => void;

/** Runs the stages one after the other, shows each, and takes its time. */
export class StageRunner {
  /** Wall time of each stage that has ended well, in seconds. */
  readonly seconds: Record<string, number> = {};

  private broken: Promise<never> = new Promise(() => undefined);

  /** From now on a service that dies fails the stage that is running. */
  watch(environment: LocalEnvironment): void {
    this.broken = new Promise((_resolve, reject) =>
      environment.onFailure((reason) => reject(new Error(reason))),
    );
    // Nobody may be listening between two stages.
    this.broken.catch(() => undefined);
  }

  /** @throws Error that names the stage and the reason */
  async run<T>(name: string, title: string, work: (show: Show) => Promise<T>): Promise<T> {
    const context: { result?: T } = {};
    await new Listr<{ result?: T }>(
      [
        {
          title,
          task: async (stage, task) => {
            const started = performance.now();
            const show = throttled((line) => (task.output = line));
            try {
              stage.result = await Promise.race([work(show), this.broken]);
            } catch (error) {
              throw new Error(`Stage "${name}" failed. ${(error as Error).message}`, {
                cause: error,
              });
            }
            this.seconds[name] = (performance.now() - started) / 1000;
            task.title = `${title} (${this.seconds[name].toFixed(1)} s)`;
          },
        },
      ],
      display,
    ).run(context);
    return context.result as T;
  }
}
