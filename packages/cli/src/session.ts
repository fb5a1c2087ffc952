/**
 * Signs in from the command line. The password is prompted for or read from a file, never taken from an
 * argument.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { identity } from '#api/identity.ts'
import { isRefusal } from '#api/refusals.ts'
import { createClient } from './client.ts'
import type { Client } from './client.ts'
import { Stop, sentence } from './say.ts'

export interface SessionOptions {
  /** The address of the console. */
  readonly node: string
  /** The office to sign in as. */
  readonly as: string
  readonly passwordFile?: string | undefined
}

/** Signs in, and returns a client with the session. */
export async function signIn(options: SessionOptions): Promise<Client> {
  const client = createClient(options.node)
  const password =
    options.passwordFile === undefined
      ? await askHidden(`Password of ${options.as}: `)
      : readPassword(options.passwordFile)
  const reply = await client
    .call(identity.signIn, { person: options.as, password })
    .catch((cause: unknown) => {
      throw new Stop(`No node answers at ${options.node}. Start it, or name it with --node.`, cause)
    })
  if (isRefusal(reply)) throw new Stop(sentence(reply))
  return client
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new Stop(`The password file ${file} cannot be read.`, cause)
  }
}

/** Prompts on the terminal without echo. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  const answer = await new Promise<string>((resolve) => terminal.once('line', resolve))
  terminal.close()
  process.stderr.write('\n')
  return answer
}
