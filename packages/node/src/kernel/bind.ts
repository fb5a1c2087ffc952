/**
 * Binds route contracts to their handlers. A command runs in one act and returns an id; a view then reads the reply
 * in a read-only transaction after the commit.
 */
import type { Refusal } from '#api/refusals.ts'
import { isRefusal } from '#api/refusals.ts'
import type { InputOf, ReplyOf, Route } from '#api/route.ts'
import type { Caller, PersonCaller, SignedIn } from './caller.ts'
import type { Act, Acts } from './command.ts'
import { once } from './once.store.ts'
import type { View, Views } from './view.ts'

/** A route and its handler. */
export interface Binding {
  readonly route: Route
  readonly handle: (input: unknown, caller: Caller) => Promise<unknown>
}

/** Reply, refusal, or a `Response` where the reply is bytes. */
type Answer<R extends Route> = ReplyOf<R> | Refusal | Response
type CallerOf<R extends Route> = R['access'] extends 'anyone' ? Caller : PersonCaller

/** Binds a handler that needs the request itself, or more than one transaction. */
export function bind<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: PersonCaller) => Promise<Answer<R>>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as PersonCaller) }
}

/** As `bind`, for a route that anyone may call. */
export function bindOpen<R extends Route>(
  route: R,
  handle: (input: InputOf<R>, caller: CallerOf<R>) => Promise<Answer<R>>,
): Binding {
  return { route, handle: (input, caller) => handle(input as InputOf<R>, caller as CallerOf<R>) }
}

/** Reads the reply for one person. */
type Look<R extends Route> = (view: View, input: InputOf<R>, by: SignedIn) => Promise<Answer<R>>

/** Runs a command; returns the id of what it created or changed. */
type Change<R extends Route> = (act: Act, input: InputOf<R>, by: SignedIn) => Promise<string | Refusal>

/** Reads what a command created or changed, by its id. */
type Show<R extends Route> = (view: View, id: string, by: SignedIn, input: InputOf<R>) => Promise<Answer<R>>

export interface Binder {
  /** The reply to a command that ran in acts of its own: its refusal, or the view of the id that it returned. */
  shown<T>(
    id: string | Refusal,
    caller: PersonCaller,
    show: (view: View, id: string, by: SignedIn) => Promise<T>,
  ): Promise<T | Refusal>
  /** Binds a view. */
  look<R extends Route>(route: R, look: Look<R>): Binding
  /** Binds a command, run at most once per idempotency key, and the view of the id that it returns. */
  change<R extends Route>(route: R, change: Change<R>, show: Show<R>): Binding
}

/** Builds the binder over a node's acts and views. */
export function createBinder({ acts, views }: { readonly acts: Acts; readonly views: Views }): Binder {
  return {
    shown: async (id, { session }, show) =>
      isRefusal(id) ? id : views.run((view) => show(view, id, session)),
    look: (route, look) =>
      bind(route, (input, { session }) => views.run((view) => look(view, input, session))),
    change: (route, change, show) =>
      bind(route, async (input, caller) => {
        const { session } = caller
        const id = await acts.run((act) => once(act, caller, () => change(act, input, session)))
        return isRefusal(id) ? id : views.run((view) => show(view, id, session, input))
      }),
  }
}
