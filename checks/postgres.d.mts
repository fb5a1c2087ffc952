/** Types of postgres.mjs, for TypeScript that imports it. */

export type Provided =
  | { readonly url: string; readonly socketUrl: string; readonly name: string; stop(): Promise<void> }
  | { readonly url: undefined; readonly reason: string }

export function providePostgres(options?: { readonly durable?: boolean }): Promise<Provided>
