/** Describes the machine that a benchmark ran on. */
import { cpus, release, totalmem } from 'node:os'

/** Date, processor, memory, kernel and runtime, one line each. */
export function describeMachine(now: Date): string[] {
  const processors = cpus()
  const memoryGb = Math.round(totalmem() / 2 ** 30)
  return [
    `- date: ${now.toISOString().slice(0, 16)}Z`,
    `- machine: ${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores, ${memoryGb} GB memory`,
    `- kernel: ${process.platform} ${release()} ${process.arch}`,
    `- runtime: Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
  ]
}
