/**
 * Random commands of random persons, the same commands that the console uses. The auditors look for
 * everything that a command acknowledged.
 */
import { NOTHING_TO_DO } from './job.ts'
import type { CommandOutcome, Commands, Job } from './job.ts'
import { PILLARS } from './pillars.ts'
import { RIGHTS } from './workload.rights.ts'

/** Every command by name, with its weight: those of the pillars, then those on rights. */
export const COMMANDS: Commands = Object.assign({}, ...PILLARS.map(({ commands }) => commands), RIGHTS)

const TRIES_MAX = 5

/** Runs a random command for which there is something to do. */
export async function runRandomCommand(job: Job): Promise<{ command: string; outcome: CommandOutcome }> {
  const names = Object.entries(COMMANDS).map(([name, [weight]]) => [weight, name] as const)
  for (let tries = 1; ; tries += 1) {
    const command = job.random.weighted(names)
    const outcome = await COMMANDS[command]![1](job)
    if (outcome !== NOTHING_TO_DO || tries === TRIES_MAX) return { command, outcome }
  }
}
