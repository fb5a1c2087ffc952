/** What every command of the workload is given and tells. */
import { isRefusal } from '#api/refusals.ts'
import type { Refusal } from '#api/refusals.ts'
import type { Act } from '#node/kernel/command.ts'
import { promise } from './model.ts'
import type { Model } from './model.ts'
import type { Nation } from './nation.ts'
import type { Random } from './random.ts'

/** What a command works with. */
export interface Job {
  readonly nation: Nation
  readonly random: Random
  readonly model: Model
}

/** What the person was told: `done`, the code of a refusal, or that there was nothing to do. */
export type Told = string

export const NOTHING_TO_DO: Told = 'nothing to do'

/** Runs a command as an act; a refusal is told by its code. */
export async function perform<T>(
  { nation, model }: Job,
  run: (act: Act) => Promise<T | Refusal>,
  facts: (value: T) => readonly string[] | Promise<readonly string[]>,
): Promise<Told> {
  const value = await nation.process().node.acts.run(run)
  if (isRefusal(value)) return value.reasons[0].code
  for (const fact of await facts(value)) promise(model, nation.name, fact)
  return 'done'
}
