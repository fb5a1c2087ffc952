/** The input and result of every command of the workload. */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Act } from '#node/kernel/command.ts'
import { acknowledge } from './model.ts'
import type { Model } from './model.ts'
import type { Nation } from './nation.ts'
import type { Random } from './random.ts'

/** The context of a command. */
export interface Job {
  readonly nation: Nation
  readonly random: Random
  readonly model: Model
}

/** The result: `done`, the code of a refusal, or that there was nothing to do. */
export type CommandOutcome = string

/** Commands of the workload by name, each with its weight among all commands. */
export type Commands = Readonly<
  Record<string, readonly [weight: number, run: (job: Job) => Promise<CommandOutcome>]>
>

export const NOTHING_TO_DO: CommandOutcome = 'nothing to do'

/**
 * Runs a command as an act. Returns `done` and records the facts as acknowledged, or the code of a refusal.
 */
export async function perform<T>(
  { nation, model }: Job,
  run: (act: Act) => Promise<T | Refusal>,
  facts: (value: T) => readonly string[] | Promise<readonly string[]>,
): Promise<CommandOutcome> {
  const value = await nation.process().node.acts.run(run)
  if (isRefusal(value)) return value.reasons[0].code
  for (const fact of await facts(value)) acknowledge(model, nation.name, fact)
  return 'done'
}
