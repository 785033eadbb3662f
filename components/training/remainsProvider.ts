import type * as pulumi from "@pulumi/pulumi";

import { connectToSageMaker } from "../shared/sageMakerConnection";
import { type RemainsSpec, removeRemains } from "./remains";

/** What the resource remembers: its inputs. */
type RemainsState = RemainsSpec & { readonly revision: number };

/** Inputs whose change means other remains. */
const REPLACING = ["region", "accountId", "pipelineName", "modelPackageGroupName"] as const;
const CHANGING = ["deleteModels", "revision"] as const;

/**
 * Removes what trainings leave when the stack lets go of it.
 *
 * This class is stored in the stack's state and runs in a process of its own: it may only use what can be serialized,
 * hence the imports inside the methods.
 */
export class RemainsProvider implements pulumi.dynamic.ResourceProvider {
  diff(_id: string, olds: RemainsState, news: RemainsState): Promise<pulumi.dynamic.DiffResult> {
    const replaces = REPLACING.filter((key) => olds[key] !== news[key]);
    const changes = replaces.length > 0 || CHANGING.some((key) => olds[key] !== news[key]);
    return Promise.resolve({ changes, replaces: [...replaces], deleteBeforeReplace: true });
  }

  create(inputs: RemainsState): Promise<pulumi.dynamic.CreateResult<RemainsState>> {
    return Promise.resolve({ id: inputs.modelPackageGroupName, outs: inputs });
  }

  update(
    _id: string,
    _olds: RemainsState,
    news: RemainsState,
  ): Promise<pulumi.dynamic.UpdateResult<RemainsState>> {
    return Promise.resolve({ outs: news });
  }

  async delete(_id: string, props: RemainsState): Promise<void> {
    await removeRemains(await connectToSageMaker("The training pipeline", props), props);
  }
}
